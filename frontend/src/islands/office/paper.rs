//! What is being written beside a question: kept in this browser at every key, on the server soon
//! after. Of two who write at once neither loses a word.

use leptos::prelude::*;
use shared::{QuestionId, Refusal, commands::WritePaper, views::Paper as Written};

use super::{
    state::Office,
    verdict::{Both, Verdict, Words},
};
use crate::{
    api::{self, Failure, Method},
    browser,
    islands::keeping::{AGAIN, Keeping, Kept, PAUSE},
};

/// Which of the two papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// For the panel's eyes.
    Briefing,
    /// An answer that the alderman may give.
    Proposal,
}

/// One paper. Copy it into every closure that needs it.
#[derive(Clone, Copy)]
pub struct Paper {
    /// The words.
    pub words: Keeping,
    /// Whether the panel may use them.
    pub ready: RwSignal<bool>,
    /// A colleague's words, while somebody has to choose.
    pub theirs: RwSignal<Option<Written>>,
    /// The reader's words that a colleague's took the place of.
    pub former: RwSignal<Option<String>>,
    /// Why the server refused.
    pub refusal: RwSignal<Option<String>>,
    /// The paper as the server has it.
    pub there: Memo<Option<Written>>,
    /// Which it is.
    pub kind: Kind,
    office: Office,
    id: QuestionId,
    base: StoredValue<Base>,
    flying: StoredValue<bool>,
    refused: StoredValue<bool>,
}

/// What the words here build on.
#[derive(Debug, Clone, Copy)]
struct Base {
    version: u64,
    /// Whether the view has shown it already.
    caught_up: bool,
}

impl Kind {
    /// As in an address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Briefing => "briefing",
            Self::Proposal => "proposal",
        }
    }
}

impl Paper {
    /// A paper beside a question, as the view has it.
    pub fn new(office: Office, id: QuestionId, kind: Kind) -> Self {
        let there = Memo::new(move |_| {
            office.live.view.with(|view| {
                let card = view.card(id)?;
                match kind {
                    Kind::Briefing => card.briefing.clone(),
                    Kind::Proposal => card.proposal.clone(),
                }
            })
        });
        let first = there.get_untracked();
        let name = office.hashtag.with_value(|hashtag| format!("samenspraak.{}.{hashtag}.{id}", kind.word()));
        let paper = Self {
            words: Keeping::new(name, first.as_ref().map(|first| first.text.clone()).unwrap_or_default()),
            ready: RwSignal::new(first.as_ref().is_some_and(|first| first.ready)),
            theirs: RwSignal::new(None),
            former: RwSignal::new(None),
            refusal: RwSignal::new(None),
            there,
            kind,
            office,
            id,
            base: StoredValue::new(Base { version: version(first.as_ref()), caught_up: true }),
            flying: StoredValue::new(false),
            refused: StoredValue::new(false),
        };
        paper.restore();
        paper.words.send_when_due(office.live.connection, move || paper.send());
        paper.follow();
        paper
    }

    /// Takes in what was typed. A proposal that was ready is so no more: nobody should publish half
    /// a sentence.
    pub fn typed(self, text: String) {
        self.words.typed(text);
        self.ready.set(false);
        self.changed();
        self.words.send_after(PAUSE, move || self.send());
    }

    /// Tells whether the panel may use it.
    pub fn is_ready(self, ready: bool) {
        self.ready.set(ready);
        self.changed();
        self.send();
    }

    /// Keeps the words here; the colleague's are gone from the server after this.
    pub fn keeps_mine(self) {
        let text = self.words.text.get_untracked();
        self.settles(text);
    }

    /// Takes the colleague's words; the words here can be put back.
    pub fn keeps_theirs(self) {
        let Some(theirs) = self.theirs.get_untracked() else { return };
        self.former.set(Some(self.words.text.get_untracked()).filter(|text| !text.trim().is_empty()));
        self.theirs.set(None);
        self.refused.set_value(false);
        self.takes(&theirs);
        self.forgets();
    }

    /// Keeps both, the colleague's first.
    pub fn keeps_both(self) {
        let Some(theirs) = self.theirs.get_untracked() else { return };
        let mine = self.words.text.get_untracked();
        self.settles(format!("{}\n\n{mine}", theirs.text.trim_end()));
    }

    /// Puts the reader's earlier words after those that took their place.
    pub fn puts_back(self) {
        let Some(mine) = self.former.get_untracked() else { return };
        self.former.set(None);
        let now = self.words.text.get_untracked();
        self.typed(if now.trim().is_empty() { mine } else { format!("{}\n\n{mine}", now.trim_end()) });
    }

    fn settles(self, text: String) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.base.set_value(Base { version: theirs.version, caught_up: true });
        }
        self.theirs.set(None);
        self.refused.set_value(false);
        self.words.text.set(text);
        self.changed();
        self.send();
    }

    fn changed(self) {
        self.words.changed(Kept::Pending);
        self.refusal.set(None);
        self.keeps_base();
    }

    fn forgets(self) {
        forget(&self.words.name());
        self.words.kept.set(Kept::There);
    }

    fn send(self) {
        let (Some(text), Some(changes)) = (self.words.text.try_get_untracked(), self.words.changes()) else { return };
        if self.flying.get_value() || self.refused.get_value() || self.theirs.with_untracked(Option::is_some) {
            return;
        }
        self.flying.set_value(true);
        let body = WritePaper {
            text: text.clone(),
            ready: self.ready.get_untracked(),
            seen: Some(self.base.get_value().version),
        };
        let (kind, id) = (self.kind.word(), self.id);
        let path = self.office.hashtag.with_value(|hashtag| format!("/sessions/{hashtag}/questions/{id}/{kind}"));
        let name = self.words.name();
        browser::spawn(async move {
            let answer = api::send::<_, Option<Written>>(Method::Put, &path, Some(&body)).await;
            if answer.is_ok() && browser::kept(&name).unwrap_or_default() == text {
                forget(&name);
            }
            // Somebody may have opened another question since.
            if self.flying.try_set_value(false).is_none() {
                self.arrived(answer, changes);
            }
        });
    }

    fn arrived(self, answer: Result<Option<Written>, Failure>, changes: u64) {
        let newest = self.words.changes() == Some(changes);
        match answer {
            Ok(written) => {
                let version = version(written.as_ref());
                let caught_up = self.there.with_untracked(|there| self::version(there.as_ref())) == version;
                self.base.set_value(Base { version, caught_up });
                if newest {
                    self.words.kept.set(Kept::There);
                } else {
                    self.keeps_base();
                    self.words.send_after(PAUSE, move || self.send());
                }
            }
            Err(Failure::Away) => {
                self.words.kept.set(Kept::Here);
                self.words.send_after(AGAIN, move || self.send());
            }
            Err(failure) => {
                self.words.kept.set(Kept::Here);
                if matches!(failure.refusal(), Some(Refusal::Changed { .. })) {
                    // The view tells soon what the colleague wrote, if it has not already.
                    self.refused.set_value(true);
                } else {
                    self.refusal.set(Some(failure.sentence(self.office.say.0)));
                }
            }
        }
        self.meets(self.there.get_untracked().as_ref());
    }

    fn keeps_base(self) {
        let Base { version, .. } = self.base.get_value();
        browser::keep(&base(&self.words.name()), &version.to_string());
    }

    /// What this browser kept never reached the server, or its answer never came back.
    fn restore(self) {
        Effect::new(move |before: Option<()>| {
            if before.is_some() {
                return;
            }
            let name = self.words.name();
            let Some(words) = browser::kept(&name) else { return };
            let known = browser::kept(&base(&name));
            self.words.text.set(words);
            self.ready.set(false);
            let version = known.and_then(|known| known.parse().ok()).unwrap_or(0);
            self.base.set_value(Base { version, caught_up: false });
            self.words.kept.set(Kept::Here);
            self.words.renew();
            self.meets(self.there.get_untracked().as_ref());
            self.send();
        });
    }

    fn follow(self) {
        Effect::new(move |_| {
            self.office.clock.track();
            let there = self.there.get();
            self.meets(there.as_ref());
        });
    }

    /// Compares what is here with what the view has.
    fn meets(self, there: Option<&Written>) {
        // A question that was called back took its papers along; that is no colleague's doing.
        let at_the_desk = self.office.live.view.with_untracked(|view| view.card(self.id).is_some());
        if self.flying.get_value() || !at_the_desk {
            return;
        }
        if self.theirs.with_untracked(|theirs| theirs.as_ref().is_some_and(|known| known.version != version(there))) {
            self.theirs.set(Some(there.cloned().unwrap_or_else(|| self.thrown_away())));
            return;
        }
        if self.theirs.with_untracked(Option::is_some) {
            return;
        }
        let words = there.map(|there| there.text.as_str()).unwrap_or_default();
        let Base { version: known, caught_up } = self.base.get_value();
        let here = match self.words.kept.get_untracked() {
            Kept::Pending | Kept::Here => Words::Unsafe,
            Kept::There if !self.words.is_idle() => Words::BeingTyped,
            Kept::There => Words::AtRest,
        };
        let both = Both {
            known,
            caught_up,
            there: version(there),
            same_words: self.words.text.with_untracked(|text| text.trim() == words.trim()),
            here,
        };
        match both.verdict() {
            Verdict::Leave => {}
            Verdict::Agree => self.base.set_value(Base { version: known, caught_up: true }),
            Verdict::Take => {
                let theirs = there.cloned().unwrap_or_else(|| self.thrown_away());
                self.refused.set_value(false);
                self.takes(&theirs);
                self.forgets();
            }
            Verdict::Choose => self.theirs.set(Some(there.cloned().unwrap_or_else(|| self.thrown_away()))),
        }
    }

    fn takes(self, theirs: &Written) {
        if self.words.text.with_untracked(|text| text.trim() != theirs.text.trim()) {
            self.words.text.set(theirs.text.clone());
        }
        if self.ready.get_untracked() != theirs.ready {
            self.ready.set(theirs.ready);
        }
        self.base.set_value(Base { version: theirs.version, caught_up: true });
    }

    /// A paper that is not there any more, as its last writer's.
    fn thrown_away(self) -> Written {
        let now = self.office.now.get_value();
        Written { text: String::new(), ready: false, by: String::new(), at: now, version: 0 }
    }
}

fn version(paper: Option<&Written>) -> u64 {
    paper.map_or(0, |paper| paper.version)
}

/// The name under which a browser keeps what its words build on.
fn base(name: &str) -> String {
    format!("{name}.base")
}

fn forget(name: &str) {
    browser::keep(name, "");
    browser::keep(&base(name), "");
}
