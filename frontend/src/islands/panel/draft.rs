//! An unfinished answer: kept in this browser at every key, on the server soon after, and taken
//! over from another device when nobody is typing here.

use leptos::prelude::*;
use serde::de::IgnoredAny;
use shared::{QuestionId, commands::KeepDraft};

use super::state::Panel;
use crate::{
    api::{self, Failure, Method},
    browser,
    islands::keeping::{AGAIN, Keeping, Kept, PAUSE},
};

/// The words of one answer. Copy it into every closure that needs it.
#[derive(Clone, Copy)]
pub struct Draft {
    /// The words.
    pub words: Keeping,
    panel: Panel,
    id: QuestionId,
    on_server: bool,
}

impl Draft {
    /// A first answer, kept on the server.
    pub fn answer(panel: Panel, id: QuestionId) -> Self {
        let there = panel.session.with_untracked(|session| words_of(session.draft.as_ref(), id));
        let draft = Self::new(panel, id, "draft", there.unwrap_or_default(), true);
        draft.follow_other_devices();
        draft.words.send_when_due(panel.live.connection, move || draft.send());
        draft
    }

    /// A correction of an answer, kept in this browser.
    pub fn correction(panel: Panel, id: QuestionId, answer: String) -> Self {
        Self::new(panel, id, "correction", answer, false)
    }

    fn new(panel: Panel, id: QuestionId, kind: &str, text: String, on_server: bool) -> Self {
        let name = panel.hashtag.with_value(|hashtag| format!("samenspraak.{kind}.{hashtag}.{id}"));
        let draft = Self { words: Keeping::new(name, text), panel, id, on_server };
        // What this browser kept never reached the server, so it is newer.
        Effect::new(move |_| {
            if let Some(words) = browser::kept(&draft.words.name()) {
                draft.words.text.set(words);
                draft.words.kept.set(Kept::Here);
                draft.send();
            }
        });
        draft
    }

    /// Takes in what was typed.
    pub fn typed(self, text: String) {
        self.words.typed(text);
        self.words.changed(if self.on_server { Kept::Pending } else { Kept::Here });
        self.words.send_after(PAUSE, move || self.send());
    }

    /// Forgets the words, after they were published. The socket may have been faster than the
    /// server's answer, and have taken the editor away; `name` outlives it.
    pub fn forget(self, name: &str) {
        browser::keep(name, "");
        self.words.renew();
        let _ = self.words.text.try_set(String::new());
        let _ = self.words.kept.try_set(Kept::There);
    }

    fn send(self) {
        let words = self.words;
        let (Some(text), Some(changes)) = (words.text.try_get_untracked(), words.changes()) else { return };
        if !self.on_server {
            return;
        }
        let path = self.panel.hashtag.with_value(|hashtag| format!("/sessions/{hashtag}/questions/{}/draft", self.id));
        let name = words.name();
        browser::spawn(async move {
            let answer = api::send::<_, IgnoredAny>(Method::Put, &path, Some(&KeepDraft { text: text.clone() })).await;
            let current = words.changes();
            if answer.is_ok() && (current == Some(changes) || browser::kept(&name).as_deref() == Some(text.as_str())) {
                browser::keep(&name, "");
            }
            if current != Some(changes) {
                return;
            }
            match answer {
                Ok(_) => words.kept.set(Kept::There),
                Err(failure) => {
                    words.kept.set(Kept::Here);
                    if failure == Failure::Away {
                        words.send_after(AGAIN, move || self.send());
                    }
                }
            }
        });
    }

    fn follow_other_devices(self) {
        let there = Memo::new(move |_| self.panel.session.with(|session| words_of(session.draft.as_ref(), self.id)));
        Effect::new(move |before: Option<Option<String>>| {
            self.panel.clock.track();
            let there = there.get();
            let safe = self.words.kept.get_untracked() == Kept::There;
            let mine = self.words.text.get_untracked();
            match before {
                // Looked at before: only what changed there is worth taking over.
                Some(last) => {
                    if last == there {
                        return last;
                    }
                    if safe && self.words.is_idle() {
                        let words = there.clone().unwrap_or_default();
                        if words != mine {
                            self.words.text.set(words);
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

fn words_of(draft: Option<&shared::views::Draft>, id: QuestionId) -> Option<String> {
    draft.filter(|draft| draft.question == id).map(|draft| draft.text.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

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
