//! The public account of moderation: what became of what was asked, in numbers.

use std::collections::BTreeMap;

use jiff::Timestamp;
use shared::{
    Reason, Source,
    views::{Account, DeclinedFor},
};

use crate::{
    Conversation,
    state::card::{Card, Standing},
};

impl Conversation {
    /// What moderators did until this moment, without words. What still waits is in none of it.
    pub fn account(&self, at: Timestamp) -> Account {
        let mut declined = BTreeMap::<Reason, u32>::new();
        let mut account = Account {
            at: self.moment(at),
            asked: 0,
            shown: 0,
            bundled: 0,
            answered: self.counts.answered,
            declined: Vec::new(),
            withdrawn: 0,
            masked: 0,
            median_wait: self.median_wait(),
        };
        for card in self.cards.values().filter(|card| !is_a_slip(card)) {
            match card.face.place.standing {
                Standing::Waiting => continue,
                Standing::Public => {
                    account.shown += 1;
                    account.bundled += u32::from(card.face.place.lead.is_some());
                    account.masked += u32::from(card.face.words.masked);
                }
                Standing::Declined { reason, .. } => *declined.entry(reason).or_default() += 1,
                Standing::Withdrawn => account.withdrawn += 1,
            }
            account.asked += 1;
        }
        account.declined = declined.into_iter().map(|(reason, questions)| DeclinedFor { reason, questions }).collect();
        account
    }

    /// Seconds until staff decided about a question that had to wait for that.
    fn median_wait(&self) -> Option<u64> {
        let waited = |card: &Card| u64::try_from(card.decided_at?.duration_since(card.asked_at).as_secs()).ok();
        let mut waits: Vec<u64> = self.cards.values().filter_map(waited).collect();
        let middle = waits.len() / 2;
        (!waits.is_empty()).then(|| *waits.select_nth_unstable(middle).1)
    }
}

/// Entered for somebody in the hall, and undone: nobody asked that.
fn is_a_slip(card: &Card) -> bool {
    card.source == Source::Hall && card.face.place.standing == Standing::Withdrawn
}
