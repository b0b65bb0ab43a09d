//! Who asks what and when, in a demonstration: dealt from a seed, so that it can be played again.

use std::time::Duration;

use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::SliceRandom as _};

/// How many people take part.
pub const CITIZENS: usize = 40;
/// When the first question comes.
const FIRST: Duration = Duration::from_millis(1_500);
/// In how much time after it all others do.
const SPAN: Duration = Duration::from_mins(4);

/// Names some of them give with their questions; the others give none.
const NAMES: [&str; 24] = [
    "Fatima",
    "Jan-Willem",
    "Anouk de Ruiter",
    "Mo",
    "Sanne",
    "Priya",
    "Henk (Ommoord)",
    "Yasmina",
    "Tess",
    "Dirk",
    "Ayşe",
    "opa Gerrit",
    "Lotte",
    "Marlon",
    "Noor",
    "Tom from Delft",
    "Chantal",
    "ليلى",
    "Bas",
    "Wei",
    "Ingrid V.",
    "Joost",
    "Soraya",
    "een fietskoerier",
];

/// One question's turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// When, from the start.
    pub at: Duration,
    /// By whom, of [`CITIZENS`].
    pub citizen: usize,
    /// Which of the questions that were dealt.
    pub question: usize,
}

/// Deals so many questions out over the citizens and the time, in order of time. The first question
/// stays first.
pub fn deal(seed: u64, questions: usize) -> Vec<Turn> {
    let mut dice = StdRng::seed_from_u64(seed);
    let mut order: Vec<usize> = (0..questions).collect();
    if let Some(others) = order.get_mut(1..) {
        others.shuffle(&mut dice);
    }
    let mut times: Vec<Duration> = (1..questions).map(|_| FIRST + SPAN.mul_f64(dice.random())).collect();
    times.sort();
    times.insert(0, FIRST);
    let mut citizens: Vec<usize> = (0..CITIZENS).collect();
    citizens.shuffle(&mut dice);
    let turns = order.into_iter().zip(times).zip(citizens.into_iter().cycle());
    turns.map(|((question, at), citizen)| Turn { at, citizen, question }).collect()
}

/// The name a citizen gives.
pub fn name(citizen: usize) -> Option<&'static str> {
    NAMES.get(citizen).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_deal_can_be_played_again() {
        assert_eq!(deal(10, 60), deal(10, 60));
        assert_ne!(deal(10, 60), deal(11, 60));
        assert!(deal(10, 0).len() <= 1);
    }

    #[test]
    fn every_question_has_one_turn_in_time() {
        let turns = deal(10, 60);
        let questions: BTreeSet<_> = turns.iter().map(|turn| turn.question).collect();
        assert_eq!(questions.len(), 60);
        assert_eq!(turns[0], Turn { at: FIRST, question: 0, ..turns[0] });
        assert!(turns[0].at < Duration::from_secs(3));
        assert!(turns.is_sorted_by_key(|turn| turn.at));
        assert!(turns.last().expect("sixty turns").at <= FIRST + SPAN);
    }

    #[test]
    fn nobody_asks_twice_in_a_row() {
        let turns = deal(10, 60);
        assert!(turns.windows(10).all(|some| {
            let who: BTreeSet<_> = some.iter().map(|turn| turn.citizen).collect();
            who.len() == some.len()
        }));
        assert!(turns.iter().all(|turn| turn.citizen < CITIZENS));
    }
}
