//! What concerns the session as a whole.

use shared::{Act, Phase, QuestionId, Role};

use crate::{
    Details,
    state::{Banner, Key, pen::Pen},
};

impl Pen<'_> {
    pub(super) fn set_banner(&mut self, text: Option<String>) {
        let at = self.at;
        self.head().banner = text.map(|text| Banner { text, at });
    }

    pub(super) fn set_box(&mut self, open: bool) {
        self.head().box_closed_by_hand = !open;
    }

    /// A session that is over has nothing on stage. The schedule's moves are nobody's step.
    pub(super) fn move_phase(&mut self, by: Option<&str>, phase: Phase) {
        let at = self.at;
        let head = self.head();
        head.phase = phase;
        head.phase_since = at;
        if phase > Phase::Live {
            self.set_stage(None);
        }
        if let Some(by) = by {
            self.sign(Some(()), by, Act::MovedPhase, None);
        }
    }

    /// Every card tells times on the session's clock and leaves out the session's hashtag.
    pub(super) fn change_details(&mut self, details: &Details) {
        let old = &self.now.details;
        let own = details.hashtag.folded();
        let cards: Vec<QuestionId> = if old.timezone != details.timezone || old.hashtag != details.hashtag {
            self.now.cards.keys().copied().collect()
        } else {
            Vec::new()
        };
        for &id in &cards {
            self.touch(id);
        }
        let head = self.head();
        head.details = details.clone();
        head.zone = details.zone();
        for id in cards {
            if let Some(card) = self.card(id) {
                card.find_topics(&own);
            }
        }
    }

    pub(super) fn renew_key(&mut self, role: Role, hash: [u8; 32]) {
        let generation = self.now.key_generation(role) + 1;
        self.now.keys.insert(role, Key { hash, generation });
        self.renew(role);
    }
}
