//! Where every card lies on the desk. It is made once and then follows what changes: a change to a few
//! cards costs a few short walks, however many cards there are.

use std::collections::BTreeMap;

use shared::{
    QuestionId,
    views::{ModeratorCard, ModeratorView},
};

use super::{
    areas::{self, Area},
    ranked::{At, Ranked, Sum},
};

/// How tall a card is taken to be before it was seen, in pixels.
pub const GUESS: u32 = 170;

/// All piles.
#[derive(Debug, Clone, Default)]
pub struct Piles {
    by_area: [Ranked; 6],
    places: BTreeMap<QuestionId, (Area, At)>,
    queue: Vec<QuestionId>,
    on_stage: Option<QuestionId>,
}

/// The areas in which something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Touched([bool; 6]);

impl Touched {
    /// Every area.
    pub const ALL: Self = Self([true; 6]);

    /// One more.
    pub fn add(&mut self, area: Area) {
        self.0[area as usize] = true;
    }

    /// Those of another too.
    pub fn join(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(mine, theirs)| *mine |= theirs);
    }

    /// Each of them.
    pub fn areas(self) -> impl Iterator<Item = Area> {
        Area::ALL.into_iter().filter(move |area| self.0[*area as usize])
    }
}

impl Piles {
    /// Lays out a view; `finds` says which cards are looked for.
    pub fn of(view: &ModeratorView, finds: impl Fn(&ModeratorCard) -> bool) -> Self {
        let mut piles = Self {
            queue: view.session.public.queue.clone(),
            on_stage: view.session.public.on_stage,
            ..Self::default()
        };
        for id in view.questions.keys() {
            piles.lay(view, *id, &finds);
        }
        piles
    }

    /// Follows the view after these cards changed, came or went, or the session did.
    pub fn follow(
        &mut self,
        view: &ModeratorView,
        ids: &[QuestionId],
        finds: impl Fn(&ModeratorCard) -> bool,
    ) -> Touched {
        let mut touched = Touched::default();
        for id in ids {
            touched.join(self.lay(view, *id, &finds));
        }
        let session = &view.session.public;
        if self.queue != session.queue || self.on_stage != session.on_stage {
            let mut moved = std::mem::replace(&mut self.queue, session.queue.clone());
            moved.extend(std::mem::replace(&mut self.on_stage, session.on_stage));
            moved.extend(self.on_stage);
            moved.extend(&self.queue);
            moved.sort_unstable();
            moved.dedup();
            for id in moved {
                touched.join(self.lay(view, id, &finds));
            }
        }
        touched
    }

    /// Says whether a card is looked for; its area, if that is news.
    pub fn sift(&mut self, id: QuestionId, found: bool) -> Option<Area> {
        let (area, at) = *self.places.get(&id)?;
        (!area.stays_whole() && self.by_area[area as usize].find(at, found)).then_some(area)
    }

    /// Says how tall a card turned out to be, in pixels; whether that is news.
    pub fn measure(&mut self, id: QuestionId, height: u32) -> bool {
        self.places.get(&id).is_some_and(|(area, at)| self.by_area[*area as usize].measure(*at, height))
    }

    /// One pile.
    pub fn pile(&self, area: Area) -> &Ranked {
        &self.by_area[area as usize]
    }

    /// How many cards of an area are looked for.
    pub fn len(&self, area: Area) -> usize {
        self.pile(area).total().found
    }

    /// All cards of an area that are looked for, in order.
    #[cfg(test)]
    pub fn ids(&self, area: Area) -> Vec<QuestionId> {
        self.pile(area).some(0, usize::MAX)
    }

    /// The area a card lies in, found or not, and its place there.
    pub fn place(&self, id: QuestionId) -> Option<(Area, At)> {
        self.places.get(&id).copied()
    }

    /// The area in which a card lies and is found, and what lies before it.
    pub fn find(&self, id: QuestionId) -> Option<(Area, Sum)> {
        let (area, at) = self.place(id)?;
        let pile = self.pile(area);
        pile.is_found(at).then(|| (area, pile.before(at)))
    }

    /// Lays one card where it belongs now.
    fn lay(&mut self, view: &ModeratorView, id: QuestionId, finds: &impl Fn(&ModeratorCard) -> bool) -> Touched {
        let mut touched = Touched::default();
        let before = self.places.get(&id).copied();
        let session = &view.session.public;
        let now = view.card(id).and_then(|card| {
            let area = areas::area(card, session)?;
            Some((area, (areas::key(card, area, session), id), area.stays_whole() || finds(card)))
        });
        if let (Some((area, at)), Some((now_area, now_at, found))) = (before, now)
            && (area, at) == (now_area, now_at)
        {
            if self.by_area[area as usize].find(at, found) {
                touched.add(area);
            }
            return touched;
        }
        let height = before.and_then(|(area, at)| {
            touched.add(area);
            self.by_area[area as usize].remove(at)
        });
        match now {
            Some((area, at, found)) => {
                touched.add(area);
                self.by_area[area as usize].insert(at, height.unwrap_or(GUESS), found);
                self.places.insert(id, (area, at));
            }
            None => drop(self.places.remove(&id)),
        }
        touched
    }
}

#[cfg(test)]
mod tests {
    use shared::Status;

    use super::*;
    use crate::islands::desk::sample::{card, view};

    fn everything(_: &ModeratorCard) -> bool {
        true
    }

    fn mixed() -> ModeratorView {
        let mut waiting = card(1, "Waarom?", Status::Waiting);
        waiting.card.asked_at.0 = "2026-05-12T14:05:00+02:00".into();
        let mut popular = card(3, "Hoe?", Status::Shown);
        popular.card.support = 9;
        let mut wording = card(5, "Hoe dan?", Status::Shown);
        wording.card.lead = Some(QuestionId(3));
        let mut view = view([
            waiting,
            card(2, "Wanneer?", Status::Waiting),
            popular,
            card(4, "Wie?", Status::Shown),
            wording,
            card(6, "Wat?", Status::Shown),
            card(7, "O?", Status::OnStage),
        ]);
        view.session.public.queue = vec![QuestionId(6)];
        view.session.public.on_stage = Some(QuestionId(7));
        view
    }

    #[test]
    fn every_card_lies_in_one_place_and_wordings_in_their_lead() {
        let piles = Piles::of(&mixed(), everything);
        assert_eq!(piles.ids(Area::Incoming), [QuestionId(2), QuestionId(1)], "the longest waiting first");
        assert_eq!(piles.ids(Area::Shown), [QuestionId(3), QuestionId(4)], "the most supported first");
        assert_eq!(piles.ids(Area::Queue), [QuestionId(6)]);
        assert_eq!(piles.ids(Area::Stage), [QuestionId(7)]);
        assert!(piles.find(QuestionId(5)).is_none());
    }

    #[test]
    fn searching_leaves_the_queue_whole() {
        let mut piles = Piles::of(&mixed(), |card| card.card.text == "Wie?");
        assert_eq!(piles.ids(Area::Shown), [QuestionId(4)]);
        assert_eq!(piles.ids(Area::Queue), [QuestionId(6)]);
        assert_eq!(piles.sift(QuestionId(6), false), None);
        assert_eq!(piles.sift(QuestionId(3), true), Some(Area::Shown));
        assert_eq!(piles.len(Area::Shown), 2);
    }

    #[test]
    fn an_answered_question_stays_on_stage_until_the_next() {
        let mut view = view([card(1, "Wie?", Status::Answered)]);
        let area = |view: &ModeratorView| Piles::of(view, everything).place(QuestionId(1)).map(|(area, _)| area);
        assert_eq!(area(&view), Some(Area::Answered));
        view.session.public.on_stage = Some(QuestionId(1));
        assert_eq!(area(&view), Some(Area::Stage));
    }

    #[test]
    fn following_leads_to_the_same_as_laying_out_anew() {
        let mut view = mixed();
        let mut piles = Piles::of(&view, everything);
        let change = |view: &mut ModeratorView, piles: &mut Piles, ids: &[u64]| {
            let ids: Vec<QuestionId> = ids.iter().copied().map(QuestionId).collect();
            let touched = piles.follow(view, &ids, everything);
            let anew = Piles::of(view, everything);
            for area in Area::ALL {
                assert_eq!(piles.ids(area), anew.ids(area), "{area:?}");
            }
            touched.areas().collect::<Vec<_>>()
        };
        view.questions.get_mut(&QuestionId(2)).expect("it is there").card.status = Status::Shown;
        assert_eq!(change(&mut view, &mut piles, &[2]), [Area::Incoming, Area::Shown]);
        view.questions.get_mut(&QuestionId(4)).expect("it is there").card.support = 50;
        assert_eq!(change(&mut view, &mut piles, &[4]), [Area::Shown]);
        view.session.public.queue = vec![QuestionId(2), QuestionId(6)];
        assert_eq!(change(&mut view, &mut piles, &[]), [Area::Shown, Area::Queue]);
        view.session.public.on_stage = Some(QuestionId(6));
        view.session.public.queue = vec![QuestionId(2)];
        change(&mut view, &mut piles, &[7]);
        view.questions.remove(&QuestionId(1));
        assert_eq!(change(&mut view, &mut piles, &[1]), [Area::Incoming]);
        assert_eq!(change(&mut view, &mut piles, &[3]), [], "nothing is news twice");
    }
}
