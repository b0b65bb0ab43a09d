//! What is to be said on the networks and what was said, brought together. The session says what holds
//! now; whatever of that was not said yet is to be sent, whatever was said and holds no longer is to be
//! taken back. Nothing of it depends on when this is looked at, so no stop can make a message come twice
//! or not at all.

use conversation::Saying;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use shared::Source;
use sources::{Message, NotSent, Sent};

use crate::{
    digest::short_digest,
    journal::{Entry, State},
};

/// The first and the longest wait after a message could not be sent.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(5);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(15);

/// A message that holds now.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// Its name in the session.
    pub key: String,
    /// The accounts that may send it: an announcement goes through all, a reply through the first.
    pub accounts: Vec<String>,
    /// Whether it goes through all of them.
    pub all: bool,
    /// What it says.
    pub said: Written,
}

/// A message as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Written {
    /// As in [`Message`].
    #[serde(default)]
    pub thread: Option<String>,
    /// As in [`Message`].
    #[serde(default)]
    pub author: Option<String>,
    /// As in [`Message`].
    pub text: String,
    /// As in [`Message`].
    #[serde(default)]
    pub link: Option<String>,
    /// As in [`Message`].
    pub language: String,
}

/// An account that is switched on for a session and can send.
pub struct Speaker {
    /// Its name.
    pub name: String,
    /// On which network.
    pub source: Source,
}

/// What holds now, for these accounts; what none of them can say is left out.
pub fn wanted(sayings: Vec<Saying>, speakers: &[Speaker], write: impl Fn(&Saying) -> Written) -> Vec<Wanted> {
    let wanted = sayings.into_iter().map(|saying| {
        let can = |speaker: &&Speaker| saying.source.is_none_or(|source| source == speaker.source);
        let accounts = speakers.iter().filter(can).map(|speaker| speaker.name.clone()).collect();
        Wanted { said: write(&saying), all: saying.source.is_none(), key: saying.key, accounts }
    });
    wanted.collect()
}

/// The entries that are different now, given what holds and all that is kept of this session.
pub fn reconcile(session: &str, wanted: &[Wanted], kept: &[Entry], now: Timestamp) -> Vec<Entry> {
    let holds = |key: &str| wanted.iter().find(|wanted| wanted.key == key);
    let mut changed: Vec<Entry> = kept.iter().filter_map(|entry| followed(entry, holds(&entry.key), now)).collect();
    for message in wanted {
        let known = |account: Option<&String>| {
            let here = |entry: &&Entry| entry.key == message.key && account.is_none_or(|name| *name == entry.account);
            kept.iter().find(here)
        };
        let through = if message.all { &message.accounts[..] } else { message.accounts.get(..1).unwrap_or_default() };
        for account in through {
            // A reply that one account gave is not given by another, too.
            let before = if message.all { known(Some(account)) } else { known(None) };
            if before.is_none() {
                changed.push(Entry {
                    session: session.to_owned(),
                    key: message.key.clone(),
                    account: account.clone(),
                    said: message.said.keep(),
                    state: State::Waiting,
                    generation: 0,
                    tries: 0,
                    due: None,
                    id: None,
                    link: None,
                    words: None,
                    changed: now,
                });
            }
        }
    }
    changed
}

/// What becomes of an entry when this holds, or nothing; nothing when it is right as it is.
fn followed(entry: &Entry, holds: Option<&Wanted>, now: Timestamp) -> Option<Entry> {
    let mut next = entry.clone();
    next.changed = now;
    match (holds, entry.state) {
        (Some(wanted), State::Gone) => {
            // A network remembers the last message under its key, also when it is gone.
            next.generation += 1;
            (next.said, next.state) = (wanted.said.keep(), State::Waiting);
            (next.id, next.link, next.words, next.tries, next.due) = (None, None, None, 0, None);
        }
        (Some(wanted), state) => {
            let same = wanted.said.keep() == entry.said;
            match state {
                State::Waiting | State::Sent | State::Refused if same => return None,
                State::TakingBack if same && entry.id.is_some() => next.state = State::Sent,
                _ => {
                    (next.said, next.state) = (wanted.said.keep(), State::Waiting);
                    (next.words, next.tries, next.due) = (None, entry.tries.min(1), None);
                }
            }
        }
        (None, State::Gone | State::TakingBack) => return None,
        // What was never tried, or was refused, is nowhere.
        (None, State::Waiting) if entry.id.is_none() && entry.tries == 0 => next.state = State::Gone,
        (None, State::Refused) if entry.id.is_none() => next.state = State::Gone,
        (None, _) => {
            next.state = State::TakingBack;
            (next.tries, next.due, next.words) = (entry.tries.max(1), None, None);
        }
    }
    Some(next)
}

/// An entry after a message was sent, or sent as it is now.
pub fn sent(mut entry: Entry, sent: Sent, now: Timestamp) -> Entry {
    // Meanwhile it may be wanted no longer; then it is known now what is to be taken back.
    if entry.state == State::Waiting {
        entry.state = State::Sent;
    }
    (entry.id, entry.link) = (Some(sent.id), sent.link.or(entry.link));
    (entry.tries, entry.due, entry.words, entry.changed) = (0, None, None, now);
    entry
}

/// An entry after a message was taken back.
pub fn taken_back(mut entry: Entry, now: Timestamp) -> Entry {
    (entry.id, entry.link, entry.changed) = (None, None, now);
    if entry.state == State::TakingBack {
        entry.state = State::Gone;
        (entry.words, entry.due, entry.tries) = (None, None, 0);
    } else {
        // Meanwhile it is wanted again, and it is not there any more.
        entry.state = State::Waiting;
        entry.generation += 1;
    }
    entry
}

/// An entry after it was not sent or not taken back, with this chance from 0 to 1 for jitter.
pub fn not_sent(mut entry: Entry, why: &NotSent, now: Timestamp, chance: f64) -> Entry {
    entry.changed = now;
    match why {
        NotSent::Refused(words) => {
            entry.words = Some(words.clone());
            if entry.state == State::TakingBack {
                // It is still there; a moderator may say to try again.
                entry.due = Some(Timestamp::MAX);
            } else {
                (entry.state, entry.due) = (State::Refused, None);
            }
        }
        NotSent::Later { after, words } => {
            entry.tries = entry.tries.saturating_add(1);
            entry.words = Some(words.clone());
            let wait = FIRST_WAIT * 2_i32.saturating_pow(entry.tries.min(12) - 1);
            let wait = wait.min(LONGEST_WAIT).mul_f64(0.5 + chance / 2.0);
            let asked = after.and_then(|after| SignedDuration::try_from(after).ok()).unwrap_or_default();
            entry.due = Some(now + wait.max(asked));
        }
    }
    entry
}

/// An entry that a moderator wants tried again, if there is anything to try.
pub fn again(mut entry: Entry, now: Timestamp) -> Option<Entry> {
    match entry.state {
        State::Refused => entry.state = State::Waiting,
        State::Waiting | State::TakingBack => {}
        State::Sent | State::Gone => return None,
    }
    (entry.due, entry.changed) = (None, now);
    Some(entry)
}

/// The message that an entry sends.
pub fn message(entry: &Entry) -> Option<Message> {
    let Written { thread, author, text, link, language } = serde_json::from_str(&entry.said).ok()?;
    let Entry { session, key, account, generation, .. } = entry;
    let parts = [session.as_bytes(), b" ", key.as_bytes(), b" ", account.as_bytes(), &generation.to_be_bytes()];
    Some(Message { key: short_digest(parts).replace('_', "-"), thread, author, text, link, language })
}

impl Written {
    fn keep(&self) -> String {
        // Plain texts; they always have a JSON form.
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn holds(text: &str) -> Wanted {
        let said =
            Written { thread: Some("7".into()), author: None, text: text.into(), link: None, language: "nl".into() };
        Wanted { key: "q-answered".into(), accounts: vec!["stad".into(), "wijk".into()], all: false, said }
    }

    /// What is kept after this holds, one after the other, while nothing is sent.
    fn kept(history: &[&[Wanted]]) -> Vec<Entry> {
        let mut all: Vec<Entry> = Vec::new();
        for wanted in history {
            for entry in reconcile("fiets", wanted, &all, NOW) {
                all.retain(|old| (&old.key, &old.account) != (&entry.key, &entry.account));
                all.push(entry);
            }
        }
        all
    }

    fn done(entry: Entry) -> Entry {
        sent(entry, Sent { id: "1".into(), link: None }, NOW)
    }

    #[test]
    fn a_reply_goes_through_one_account_once() {
        let entries = kept(&[&[holds("Ja.")], &[holds("Ja.")]]);
        assert_eq!(entries.len(), 1);
        assert_eq!((entries[0].account.as_str(), entries[0].state), ("stad", State::Waiting));
        let other = Wanted { accounts: vec!["wijk".into()], ..holds("Ja.") };
        assert_eq!(reconcile("fiets", &[other], &entries, NOW), []);
    }

    #[test]
    fn an_announcement_goes_through_all() {
        assert_eq!(kept(&[&[Wanted { all: true, ..holds("Straks") }]]).len(), 2);
    }

    #[test]
    fn what_was_never_tried_is_simply_gone() {
        assert_eq!(kept(&[&[holds("Ja.")], &[]])[0].state, State::Gone);
    }

    #[test]
    fn what_was_sent_is_taken_back_and_may_come_again_as_another() {
        let sent = done(kept(&[&[holds("Ja.")]]).remove(0));
        let first = message(&sent).expect("a message").key;
        let back = reconcile("fiets", &[], &[sent], NOW).remove(0);
        assert_eq!((back.state, back.id.as_deref()), (State::TakingBack, Some("1")));
        assert_eq!(reconcile("fiets", &[holds("Ja.")], std::slice::from_ref(&back), NOW)[0].state, State::Sent);
        let gone = Entry { state: State::Gone, ..back };
        let again = reconcile("fiets", &[holds("Ja.")], &[gone], NOW).remove(0);
        assert_eq!((again.state, again.id.as_deref()), (State::Waiting, None));
        assert_ne!(message(&again).expect("a message").key, first);
    }

    #[test]
    fn other_words_for_what_was_sent_change_it() {
        let sent = done(kept(&[&[holds("Ja.")]]).remove(0));
        let edit = reconcile("fiets", &[holds("Nee.")], &[sent], NOW).remove(0);
        assert_eq!((edit.state, edit.id.as_deref()), (State::Waiting, Some("1")));
    }

    #[test]
    fn what_may_have_been_sent_is_found_out_before_it_is_taken_back() {
        let later = NotSent::Later { after: None, words: "time-out".into() };
        let tried = not_sent(kept(&[&[holds("Ja.")]]).remove(0), &later, NOW, 0.0);
        let back = reconcile("fiets", &[], &[tried], NOW).remove(0);
        assert_eq!((back.state, back.id.clone()), (State::TakingBack, None));
        assert_eq!(done(back).state, State::TakingBack);
    }

    #[test]
    fn waits_grow_and_the_network_s_own_count() {
        let entry = kept(&[&[holds("Ja.")]]).remove(0);
        let later = |after| NotSent::Later { after, words: "even wachten".into() };
        let first = not_sent(entry, &later(None), NOW, 0.0);
        let second = not_sent(first.clone(), &later(None), NOW, 1.0);
        assert!(first.due > Some(NOW) && second.due > first.due);
        let asked = not_sent(first.clone(), &later(Some(Duration::from_hours(1))), NOW, 0.0);
        assert_eq!(asked.due, Some(NOW + SignedDuration::from_hours(1)));
        let many = (0..60).fold(first, |entry, _| not_sent(entry, &later(None), NOW, 1.0));
        assert_eq!(many.due, Some(NOW + LONGEST_WAIT));
        assert_eq!(not_sent(many, &NotSent::Refused("nee".into()), NOW, 0.0).state, State::Refused);
    }

    #[test]
    fn a_key_fits_every_network() {
        let key = message(&kept(&[&[holds("Ja.")]])[0]).expect("a message").key;
        assert!(key.len() <= 60 && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{key}");
    }
}
