//! What the desk's parts share: the live view, what is selected, and the half-done work on each
//! card, which outlives the card's own place on the desk.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::{
    Moment, QuestionId,
    sentences::{common, desk::Desk as Say},
    views::{ModeratorCard, ModeratorSession},
};

use super::{
    areas::{Area, Lists},
    undo::UnderWay,
};
use crate::{
    components::{Announcer, ticking},
    live::{
        Live,
        staff::{self, Presence},
    },
};

/// What is open on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The reasons for declining.
    Decline,
    /// Its words.
    Edit,
}

/// A dialog over the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialog {
    /// All keys.
    Help,
    /// A question from the hall.
    Hall,
    /// The banner.
    Banner,
    /// Which question this one belongs under.
    Bundle(QuestionId),
}

/// Half-done work on one card. It stays when the card moves, is refused or is closed.
#[derive(Clone)]
pub struct Work {
    /// What is open.
    pub form: ArcRwSignal<Option<Form>>,
    /// The words being edited; empty when nothing was begun.
    pub words: ArcRwSignal<String>,
    /// The note being written.
    pub note: ArcRwSignal<String>,
    /// The version of the card when the form was opened.
    pub seen: ArcRwSignal<Option<u64>>,
    /// A step with it is under way.
    pub busy: ArcRwSignal<bool>,
    /// Why the last step was not done.
    pub refusal: ArcRwSignal<Option<String>>,
}

/// An order of the queue that is wished for.
#[derive(Clone, PartialEq)]
pub struct Ordering {
    /// The whole queue.
    pub order: Vec<QuestionId>,
    /// The question that was moved; a refusal is written on it.
    pub moved: QuestionId,
    /// What is said when it was done.
    pub said: &'static str,
}

/// The desk, given to its parts as context.
#[derive(Clone, Copy)]
pub struct Desk {
    /// Its sentences.
    pub say: Say,
    /// The view and its connection.
    pub live: Live<ModeratorSession, ModeratorCard>,
    /// Who is there, and what they have open.
    pub presence: RwSignal<Presence>,
    /// The session's hashtag, without `#`.
    pub hashtag: StoredValue<String>,
    /// The name of the moderator at this desk.
    pub me: StoredValue<String>,
    /// When the page was made: today, for the times on cards.
    pub now: StoredValue<Moment>,
    /// The session itself.
    pub session: Memo<ModeratorSession>,
    /// What is searched for.
    pub search: RwSignal<String>,
    /// Where every card lies.
    pub all: Memo<Lists>,
    /// The same, without the cards that the search does not find.
    pub lists: Memo<Lists>,
    /// The card that the keys work on.
    pub selected: RwSignal<Option<QuestionId>>,
    /// The area that a phone shows, and in which the arrows move.
    pub area: RwSignal<Area>,
    /// The queue as it will be when the server agrees.
    pub ordering: RwSignal<Option<Ordering>>,
    /// Steps that are under way.
    pub under_way: UnderWay,
    /// The dialog that is open.
    pub dialog: RwSignal<Option<Dialog>>,
    /// Says what was done on the status line.
    pub announcer: Announcer,
    /// Milliseconds since 1970 on the session's clock, each second.
    pub clock: ReadSignal<i64>,
    /// Why something about the session itself was not done.
    pub trouble: RwSignal<Option<String>>,
    work: StoredValue<BTreeMap<QuestionId, Work>>,
}

impl Desk {
    /// A desk on a live view.
    pub fn new(say: Say, live: Live<ModeratorSession, ModeratorCard>, me: String, now: Moment) -> Self {
        let search = RwSignal::new(String::new());
        let session = Memo::new(move |_| live.view.with(|view| view.session.clone()));
        let all = Memo::new(move |_| live.view.with(|view| Lists::of(view, "")));
        let lists = Memo::new(move |_| {
            let wanted = search.get();
            if wanted.trim().is_empty() { all.get() } else { live.view.with(|view| Lists::of(view, &wanted)) }
        });
        let clock = ticking(&now, 1_000);
        let first = lists.with_untracked(|lists| super::moves::along(lists, None, 0));
        Self {
            say,
            live,
            presence: staff::presence(live),
            hashtag: StoredValue::new(session.with_untracked(|session| session.public.hashtag.clone())),
            me: StoredValue::new(me),
            now: StoredValue::new(now),
            session,
            search,
            all,
            lists,
            selected: RwSignal::new(first),
            area: RwSignal::new(Area::Incoming),
            ordering: RwSignal::new(None),
            under_way: UnderWay::nothing(),
            dialog: RwSignal::new(None),
            announcer: Announcer::new(),
            clock,
            trouble: RwSignal::new(None),
            work: StoredValue::new(BTreeMap::new()),
        }
    }

    /// The desk that this part belongs to.
    pub fn here() -> Self {
        expect_context()
    }

    /// One card, which changes only when it does.
    pub fn card(self, id: QuestionId) -> Memo<Option<ModeratorCard>> {
        Memo::new(move |_| self.live.view.with(|view| view.card(id).cloned()))
    }

    /// One card as it is now, without following it.
    pub fn card_now(self, id: QuestionId) -> Option<ModeratorCard> {
        self.live.view.with_untracked(|view| view.card(id).cloned())
    }

    /// The version of a card as it is now.
    pub fn version(self, id: QuestionId) -> Option<u64> {
        self.live.view.with_untracked(|view| view.card(id).map(|card| card.version))
    }

    /// The half-done work on a card.
    pub fn work(self, id: QuestionId) -> Work {
        self.work.try_update_value(|all| all.entry(id).or_insert_with(Work::new).clone()).unwrap_or_else(Work::new)
    }

    /// The cards of one area.
    pub fn pile(self, area: Area) -> Memo<Vec<QuestionId>> {
        Memo::new(move |_| self.lists.with(|lists| lists.area(area).to_vec()))
    }

    /// The queue as it is, or as it will be when the server agrees.
    pub fn queue(self) -> Memo<Vec<QuestionId>> {
        let queued = self.pile(Area::Queue);
        Memo::new(move |_| self.ordering.get().map_or_else(|| queued.get(), |wished| wished.order))
    }

    /// Makes a card the one that keys work on.
    pub fn select(self, id: QuestionId) {
        if self.selected.get_untracked() != Some(id) {
            self.selected.set(Some(id));
        }
        if let Some((area, _)) = self.lists.with_untracked(|lists| lists.find(id))
            && self.area.get_untracked() != area
        {
            self.area.set(area);
        }
    }

    /// Whether a card is the one that keys work on.
    pub fn is_selected(self, id: QuestionId) -> Memo<bool> {
        Memo::new(move |_| self.selected.get() == Some(id))
    }

    /// Tells those who do not see it what was done.
    pub fn announce(self, said: &str) {
        if !said.is_empty() {
            self.announcer.say(said);
        }
    }

    /// Takes away what was written on cards because the server was out of reach.
    pub fn forget_unreachable(self) {
        let sentence = common::unreachable(self.say.0);
        self.work.with_value(|all| {
            for work in all.values().filter(|work| work.refusal.get_untracked().as_deref() == Some(sentence)) {
                work.refusal.set(None);
            }
        });
        if self.trouble.get_untracked().as_deref() == Some(sentence) {
            self.trouble.set(None);
        }
    }

    /// Opens a form on a card. Words that were half written before are still in it.
    pub fn open(self, id: QuestionId, form: Form) {
        let Some(card) = self.card_now(id) else { return };
        let work = self.work(id);
        if form == Form::Edit && work.words.with_untracked(String::is_empty) {
            work.words.set(card.card.text);
        }
        work.seen.set(Some(card.version));
        work.refusal.set(None);
        work.form.set(Some(form));
    }
}

impl Work {
    fn new() -> Self {
        Self {
            form: ArcRwSignal::new(None),
            words: ArcRwSignal::new(String::new()),
            note: ArcRwSignal::new(String::new()),
            seen: ArcRwSignal::new(None),
            busy: ArcRwSignal::new(false),
            refusal: ArcRwSignal::new(None),
        }
    }
}
