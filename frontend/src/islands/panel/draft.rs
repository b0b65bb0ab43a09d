//! An unfinished answer: kept in this browser at every key, on the server soon after, and taken
//! over from another device when nobody is typing here.

use leptos::prelude::*;
use serde::de::IgnoredAny;
use shared::{QuestionId, commands::KeepDraft};

use super::state::Panel;
use crate::{
    api::{self, Failure, Method},
    browser,
    live::Connection,
};

/// So long after the last key the words go to the server, in milliseconds.
const PAUSE: u32 = 800;
/// So long after a failed attempt they go again.
const AGAIN: u32 = 4_000;
/// So long after the last key nobody is typing any more.
const IDLE: i64 = 4_000;

/// Where the words are safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// On the server, or there are none.
    There,
    /// On their way.
    Pending,
    /// In this browser only.
    Here,
}

/// The words of one answer. Copy it into every closure that needs it.
#[derive(Clone, Copy)]
pub struct Draft {
    /// The words.
    pub text: RwSignal<String>,
    /// Where they are safe.
    pub kept: RwSignal<Kept>,
    panel: Panel,
    id: QuestionId,
    name: StoredValue<String>,
    on_server: bool,
    typed_at: StoredValue<i64>,
    changes: StoredValue<u64>,
}

impl Draft {
    /// A first answer, kept on the server.
    pub fn answer(panel: Panel, id: QuestionId) -> Self {
        let there = panel.session.with_untracked(|session| words_of(session.draft.as_ref(), id));
        let draft = Self::new(panel, id, "draft", there.unwrap_or_default(), true);
        draft.follow_other_devices();
        draft.resend_when_back();
        on_cleanup(move || {
            if draft.kept.try_get_untracked().is_some_and(|kept| kept != Kept::There) {
                draft.send();
            }
        });
        draft
    }

    /// A correction of an answer, kept in this browser.
    pub fn correction(panel: Panel, id: QuestionId, answer: String) -> Self {
        Self::new(panel, id, "correction", answer, false)
    }

    fn new(panel: Panel, id: QuestionId, kind: &str, text: String, on_server: bool) -> Self {
        let name = panel.hashtag.with_value(|hashtag| format!("samenspraak.{kind}.{hashtag}.{id}"));
        let draft = Self {
            text: RwSignal::new(text),
            kept: RwSignal::new(Kept::There),
            panel,
            id,
            name: StoredValue::new(name),
            on_server,
            typed_at: StoredValue::new(0),
            changes: StoredValue::new(0),
        };
        // What this browser kept never reached the server, so it is newer.
        Effect::new(move |_| {
            if let Some(words) = draft.name.with_value(|name| browser::kept(name)) {
                draft.text.set(words);
                draft.kept.set(Kept::Here);
                draft.send();
            }
        });
        draft
    }

    /// Takes in what was typed.
    pub fn typed(self, text: String) {
        self.name.with_value(|name| browser::keep(name, &text));
        self.text.set(text);
        self.typed_at.set_value(browser::clock());
        self.changes.update_value(|changes| *changes += 1);
        self.kept.set(if self.on_server { Kept::Pending } else { Kept::Here });
        self.send_after(PAUSE);
    }

    /// The name under which this browser keeps them.
    pub fn name(self) -> String {
        self.name.get_value()
    }

    /// Forgets the words, after they were published. The socket may have been faster than the
    /// server's answer, and have taken the editor away; `name` outlives it.
    pub fn forget(self, name: &str) {
        browser::keep(name, "");
        let _ = self.changes.try_update_value(|changes| *changes += 1);
        let _ = self.text.try_set(String::new());
        let _ = self.kept.try_set(Kept::There);
    }

    fn send_after(self, millis: u32) {
        let Some(changes) = self.changes.try_get_value() else { return };
        browser::after(millis, move || {
            if self.changes.try_get_value() == Some(changes) && self.kept.try_get_untracked() != Some(Kept::There) {
                self.send();
            }
        });
    }

    fn send(self) {
        let (Some(text), Some(changes)) = (self.text.try_get_untracked(), self.changes.try_get_value()) else { return };
        if !self.on_server {
            return;
        }
        let path = self.panel.hashtag.with_value(|hashtag| format!("/sessions/{hashtag}/questions/{}/draft", self.id));
        let name = self.name.get_value();
        browser::spawn(async move {
            let answer = api::send::<_, IgnoredAny>(Method::Put, &path, Some(&KeepDraft { text: text.clone() })).await;
            let current = self.changes.try_get_value();
            if answer.is_ok() && (current == Some(changes) || browser::kept(&name).as_deref() == Some(text.as_str())) {
                browser::keep(&name, "");
            }
            if current != Some(changes) {
                return;
            }
            match answer {
                Ok(_) => self.kept.set(Kept::There),
                Err(failure) => {
                    self.kept.set(Kept::Here);
                    if failure == Failure::Away {
                        self.send_after(AGAIN);
                    }
                }
            }
        });
    }

    fn resend_when_back(self) {
        let connection = self.panel.live.connection;
        Effect::new(move |_| {
            if connection.get() == Connection::Live && self.kept.get_untracked() == Kept::Here {
                self.send();
            }
        });
    }

    fn follow_other_devices(self) {
        let there = Memo::new(move |_| self.panel.session.with(|session| words_of(session.draft.as_ref(), self.id)));
        Effect::new(move |before: Option<Option<String>>| {
            self.panel.clock.track();
            let there = there.get();
            let safe = self.kept.get_untracked() == Kept::There;
            let idle = browser::clock() - self.typed_at.get_value();
            let mine = self.text.get_untracked();
            match before {
                // Looked at before: only what changed there is worth taking over.
                Some(last) => {
                    if last == there {
                        return last;
                    }
                    if may_take_over(safe, idle) {
                        let words = there.clone().unwrap_or_default();
                        if words != mine {
                            self.text.set(words);
                        }
                        return there;
                    }
                    last
                }
                None => there,
            }
        });
    }
}

/// Words on the server may replace the words here when those are safe and nobody types.
fn may_take_over(safe: bool, idle: i64) -> bool {
    safe && idle >= IDLE
}

fn words_of(draft: Option<&shared::views::Draft>, id: QuestionId) -> Option<String> {
    draft.filter(|draft| draft.question == id).map(|draft| draft.text.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_being_typed_is_never_overwritten() {
        assert!(!may_take_over(false, 60_000), "not safe yet");
        assert!(!may_take_over(true, 500), "typed a moment ago");
        assert!(may_take_over(true, IDLE));
    }

    #[test]
    fn a_draft_belongs_to_one_question() {
        let draft = shared::views::Draft {
            question: QuestionId(1),
            text: "In maart".into(),
            at: shared::Moment(String::new()),
        };
        assert_eq!(words_of(Some(&draft), QuestionId(1)).as_deref(), Some("In maart"));
        assert_eq!(words_of(Some(&draft), QuestionId(2)), None);
        assert_eq!(words_of(None, QuestionId(1)), None);
    }
}
