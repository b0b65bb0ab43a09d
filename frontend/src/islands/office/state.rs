//! What the parts of the desk share.

use std::{collections::BTreeSet, fmt::Write as _};

use leptos::prelude::*;
use shared::{
    Moment, QuestionId,
    sentences::office::Office as Say,
    views::{DeskCard, DeskSession, PublicCard},
};

use super::order;
use crate::{
    address::escape,
    browser,
    components::{Announcer, aloud, ticking},
    live::{
        Live,
        staff::{self, Presence},
    },
};

/// The desk, given to its parts as context.
#[derive(Clone, Copy)]
pub struct Office {
    /// Its sentences.
    pub say: Say,
    /// The view and its connection.
    pub live: Live<DeskSession, DeskCard>,
    /// Who is there, and what they have open.
    pub presence: RwSignal<Presence>,
    /// The session's hashtag, without `#`.
    pub hashtag: StoredValue<String>,
    /// The name that was given at the door.
    pub me: StoredValue<String>,
    /// The session itself.
    pub session: Memo<DeskSession>,
    /// When the page was made.
    pub now: StoredValue<Moment>,
    /// Milliseconds since 1970 on the session's clock, each second.
    pub clock: ReadSignal<i64>,
    /// Whose questions are listed; empty for all.
    pub department: RwSignal<String>,
    /// The question that is open.
    pub open: RwSignal<Option<QuestionId>>,
    /// Came while this screen was there, and was not opened yet.
    pub fresh: RwSignal<BTreeSet<QuestionId>>,
    /// Whether the page can do more than be read.
    pub awake: RwSignal<bool>,
    /// Says what happened on the status line.
    pub announcer: Announcer,
}

impl Office {
    /// A desk on a live view, with a question open if the address names one.
    pub fn new(
        say: Say,
        live: Live<DeskSession, DeskCard>,
        me: String,
        now: &Moment,
        department: String,
        open: Option<QuestionId>,
    ) -> Self {
        let session = Memo::new(move |_| live.view.with(|view| view.session.clone()));
        Self {
            say,
            live,
            presence: staff::presence(live),
            hashtag: StoredValue::new(session.with_untracked(|session| session.public.hashtag.clone())),
            me: StoredValue::new(me),
            session,
            now: StoredValue::new(now.clone()),
            clock: ticking(now, 1_000),
            department: RwSignal::new(department),
            open: RwSignal::new(open),
            fresh: RwSignal::new(BTreeSet::new()),
            awake: RwSignal::new(false),
            announcer: Announcer::new(),
        }
    }

    /// The desk that this part belongs to.
    pub fn here() -> Self {
        expect_context()
    }

    /// One question, which changes only when it does; none once it is not at the desk.
    pub fn card(self, id: QuestionId) -> Memo<Option<DeskCard>> {
        Memo::new(move |_| self.live.view.with(|view| view.card(id).cloned()))
    }

    /// What the public sees of one question, which changes only when that does.
    pub fn words(self, id: QuestionId) -> Memo<Option<PublicCard>> {
        Memo::new(move |_| self.live.view.with(|view| view.card(id).map(|card| card.card.clone())))
    }

    /// Colleagues who have a question open, without the reader.
    pub fn at_work_on(self, id: QuestionId) -> Memo<Vec<String>> {
        Memo::new(move |_| {
            self.presence.with(|presence| {
                let others = presence.claims.iter().filter(|claim| claim.question == id);
                others.map(|claim| claim.by.clone()).filter(|by| self.me.with_value(|me| by != me)).collect()
            })
        })
    }

    /// The address of the desk with a department's list, and perhaps a question open.
    pub fn address(self, department: &str, open: Option<QuestionId>) -> String {
        let mut address = self.hashtag.with_value(|hashtag| format!("/{hashtag}/desk"));
        let mut mark = '?';
        if !department.is_empty() {
            let _ = write!(address, "{mark}department={}", escape(department));
            mark = '&';
        }
        if let Some(id) = open {
            let _ = write!(address, "{mark}question={id}");
        }
        address
    }

    /// Opens a question, or none.
    pub fn opens(self, id: Option<QuestionId>) {
        if let Some(id) = id {
            self.fresh.update(|fresh| {
                fresh.remove(&id);
            });
        }
        self.open.set(id);
        self.shows_where();
    }

    /// Lists the questions of a department, or of all.
    pub fn lists(self, department: String) {
        self.department.set(department);
        self.keeps_department();
        self.shows_where();
    }

    /// Takes up the department that this device listed last, when the address names none.
    pub fn remembers(self) {
        Effect::new(move |before: Option<()>| {
            if before.is_some() {
                return;
            }
            self.awake.set(true);
            if !self.department.with_untracked(String::is_empty) {
                self.keeps_department();
            } else if let Some(kept) = browser::kept(&self.department_name()) {
                self.department.set(kept);
                self.shows_where();
            }
        });
    }

    /// Says, and marks, what comes in while the screen is there.
    pub fn greets_newcomers(self) {
        let all = Memo::new(move |_| self.live.view.with(|view| order::piles(view, "").open));
        Effect::new(move |before: Option<Vec<QuestionId>>| {
            let now = all.get();
            if let Some(before) = before {
                for id in now.iter().filter(|id| !before.contains(id)) {
                    self.greets(*id);
                }
            }
            now
        });
    }

    fn greets(self, id: QuestionId) {
        self.fresh.update(|fresh| {
            fresh.insert(id);
        });
        let told = self.live.view.with_untracked(|view| {
            let card = view.card(id)?;
            Some((card.routed.as_ref()?.department.clone(), card.card.text.clone()))
        });
        let Some((department, words)) = told else { return };
        if self.department.with_untracked(|mine| mine.is_empty() || order::same(mine, &department)) {
            self.announcer.say(self.say.arrived(&department, &aloud(&words, self.say.0)));
        }
    }

    fn keeps_department(self) {
        self.department.with_untracked(|department| browser::keep(&self.department_name(), department));
    }

    fn department_name(self) -> String {
        self.hashtag.with_value(|hashtag| format!("samenspraak.department.{hashtag}"))
    }

    fn shows_where(self) {
        let address = self.department.with_untracked(|department| self.address(department, self.open.get_untracked()));
        browser::show_address(&address);
    }
}
