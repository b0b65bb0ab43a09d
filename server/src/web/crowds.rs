//! Notices when many participants ask from one place at once: one person with many cookies does, and a
//! hall behind one address hardly ever. It only flags; moderators judge. Kept for seconds, in memory.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
};

use conversation::ParticipantId;
use jiff::{SignedDuration, Timestamp};
use shared::{Flag, FlagKind};

use super::network::Network;

/// So many participants who ask from one place within [`AT_ONCE`] are noticed. A hall of three hundred
/// that asks two hundred questions in ten minutes has three or four.
const MANY: usize = 12;
const AT_ONCE: SignedDuration = SignedDuration::from_secs(10);
/// The most questions of one place that are remembered.
const REMEMBERED: usize = 64;

/// Who asked from where, just now.
#[derive(Default)]
pub struct Crowds(Mutex<HashMap<(String, Network), Lately>>);

/// Who asked in a session from one place, and when.
type Lately = VecDeque<(Timestamp, ParticipantId)>;

impl Crowds {
    /// Somebody asks in a session, from this place.
    pub fn notice(&self, session: &str, from: Network, who: ParticipantId, now: Timestamp) -> Option<Flag> {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lately = places.entry((session.to_owned(), from)).or_default();
        lately.retain(|(at, known)| now.duration_since(*at) < AT_ONCE && *known != who);
        lately.push_back((now, who));
        if lately.len() > REMEMBERED {
            lately.pop_front();
        }
        let many = lately.len();
        (many >= MANY).then(|| Flag { kind: FlagKind::SamePlace, from: 0, to: 0, saw: many.to_string() })
    }

    /// Forgets whoever has not asked lately, so that memory stays bounded.
    pub fn tidy(&self, now: Timestamp) {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        places.retain(|_, lately| lately.back().is_some_and(|(at, _)| now.duration_since(*at) < AT_ONCE));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).expect("a moment")
    }

    fn network(last: u8) -> Network {
        Network::of([192, 0, 2, last].into())
    }

    #[test]
    fn many_from_one_place_at_once_are_noticed_and_one_who_asks_much_is_not() {
        let crowds = Crowds::default();
        let ask =
            |who: u128, place, second| crowds.notice("fietsfan010", network(place), ParticipantId(who), at(second));
        for who in 1..11 {
            assert_eq!(ask(who, 1, 0), None);
            assert_eq!(ask(99, 1, 0), None, "the same one again");
            assert_eq!(ask(who, 2, 10 * i64::try_from(who).expect("small")), None, "slowly");
        }
        assert_eq!(ask(12, 1, 9).map(|flag| (flag.kind, flag.saw)), Some((FlagKind::SamePlace, "12".into())));
        assert_eq!(ask(13, 1, 30), None, "long ago");
        crowds.tidy(at(1_000));
        assert!(crowds.0.lock().expect("whole").is_empty());
    }
}
