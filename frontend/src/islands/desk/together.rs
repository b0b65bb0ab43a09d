//! Several moderators at one session: what a colleague has open is told, and what is open here is told
//! to colleagues, as long as somebody is at work on it.

use std::collections::BTreeMap;

use leptos::{ev, prelude::*};
use serde::de::IgnoredAny;
use shared::{QuestionId, views::Claim};

use super::state::{Desk, Dialog};
use crate::{api::Method, browser, live::staff::Presence};

/// A card that is selected this long is being looked at, in milliseconds.
const LOOKING: u32 = 1_000;
/// How often it is said again, in milliseconds; the server forgets it after twice as long.
const AGAIN: u32 = 10_000;
/// After this long without a key or a touch nobody is at work here, in milliseconds.
const AT_WORK: i64 = 60_000;

/// Who has what open.
#[derive(Clone, Copy)]
pub struct Together {
    open: StoredValue<BTreeMap<QuestionId, Vec<String>>>,
    /// What is open here, as colleagues know it.
    mine: StoredValue<Option<QuestionId>>,
    /// When the moderator here last did anything, in milliseconds since 1970; 0 for not yet.
    at_work: StoredValue<i64>,
}

impl Together {
    /// Nobody has anything open.
    pub fn alone() -> Self {
        Self { open: StoredValue::new(BTreeMap::new()), mine: StoredValue::new(None), at_work: StoredValue::new(0) }
    }
}

impl Desk {
    /// Takes in who is there and what they have open.
    pub fn hear_presence(self, presence: Presence) {
        let now = by_question(&presence.claims);
        let mut changed = Vec::new();
        self.together.open.update_value(|before| {
            let differ = |id: &&QuestionId| before.get(id) != now.get(id);
            changed = before.keys().chain(now.keys()).filter(differ).copied().collect();
            *before = now;
        });
        self.retell(&changed);
        if self.presence.with_untracked(|known| *known != presence) {
            self.presence.set(presence);
        }
    }

    /// Which colleagues have a card open.
    pub fn others_at(self, id: QuestionId) -> Memo<Vec<String>> {
        let changes = self.changes(id);
        Memo::new(move |_| {
            changes.track();
            self.others_at_now(id)
        })
    }

    /// The same, as it is now.
    pub fn others_at_now(self, id: QuestionId) -> Vec<String> {
        let all = self.together.open.with_value(|open| open.get(&id).cloned().unwrap_or_default());
        self.me.with_value(|me| all.into_iter().filter(|by| by != me).collect())
    }

    /// Whether the moderator here has a card open.
    pub fn is_mine(self, id: QuestionId) -> bool {
        self.together.mine.with_value(|mine| *mine == Some(id))
    }

    /// Tells colleagues what is open here, from now on.
    pub fn watch_claims(self) {
        Effect::new(move |_| {
            let notes = move || self.together.at_work.set_value(browser::clock());
            let keys = window_event_listener(ev::keydown, move |_| notes());
            let touches = window_event_listener(ev::pointerdown, move |_| notes());
            on_cleanup(move || {
                keys.remove();
                touches.remove();
            });
        });
        Effect::new(move |_| {
            let selected = self.selected.get();
            let bundling = match self.dialog.get() {
                Some(Dialog::Bundle(id)) => Some(id),
                _ => None,
            };
            let form = selected.is_some_and(|id| RwSignal::from(self.work(id).form).get().is_some());
            if bundling.is_some() || form {
                self.claim(bundling.or(selected));
            } else {
                browser::after(LOOKING, move || {
                    if self.selected.get_untracked() == selected {
                        self.claim(selected);
                    }
                });
            }
        });
        browser::every(AGAIN, move || {
            let mine = self.together.mine.get_value();
            if self.is_at_work() {
                if let Some(id) = mine {
                    self.say_claim(Method::Put, id);
                }
            } else {
                self.claim(None);
            }
        });
    }

    fn is_at_work(self) -> bool {
        browser::is_visible() && browser::clock() - self.together.at_work.get_value() < AT_WORK
    }

    fn claim(self, id: Option<QuestionId>) {
        let id = id.filter(|_| self.is_at_work());
        let before = self.together.mine.get_value();
        if before == id {
            return;
        }
        self.together.mine.set_value(id);
        // Who looks for what is theirs finds it, or no longer.
        let both: Vec<QuestionId> = before.into_iter().chain(id).collect();
        self.absorb(&both, false);
        for (method, card) in [(Method::Delete, before), (Method::Put, id)] {
            if let Some(card) = card {
                self.say_claim(method, card);
            }
        }
    }

    fn say_claim(self, method: Method, id: QuestionId) {
        // Nobody is stopped by a claim, so nobody need know that one was lost.
        self.call(method, &format!("/questions/{id}/claim"), None::<()>, |_: Result<IgnoredAny, String>| ());
    }
}

fn by_question(claims: &[Claim]) -> BTreeMap<QuestionId, Vec<String>> {
    let mut open: BTreeMap<QuestionId, Vec<String>> = BTreeMap::new();
    for claim in claims {
        let by = open.entry(claim.question).or_default();
        if !by.contains(&claim.by) {
            by.push(claim.by.clone());
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_screens_of_one_colleague_count_as_one() {
        let claim = |id, by: &str| Claim { question: QuestionId(id), by: by.into() };
        let open = by_question(&[claim(1, "JV"), claim(2, "MB"), claim(1, "JV"), claim(1, "MB")]);
        assert_eq!(open[&QuestionId(1)], ["JV", "MB"]);
        assert_eq!(open[&QuestionId(2)], ["MB"]);
    }
}
