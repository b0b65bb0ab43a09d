//! Random people do random things, and after each of them everything that must always hold is
//! looked at.

mod former;
mod secrets;
mod support;
mod viewers;
mod wishes;

use std::collections::BTreeSet;

use conversation::{Changes, Checkpoint, Conversation, Event};
use jiff::Timestamp;
use proptest::prelude::*;
use shared::{Phase, QuestionId, Status, views::ModeratorView};

use self::{
    secrets::Secrets,
    support::Supporters,
    viewers::Viewers,
    wishes::{OPENING, PEOPLE, Wish, World},
};
use crate::scene::Scene;

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_people_do_the_rules_hold(wishes in prop::collection::vec(Wish::any(), 1..90)) {
        let mut world = World::new();
        let mut watch = Watch::new(&world.scene);
        for wish in OPENING.iter().chain(&wishes) {
            let command = world.command(wish);
            let before = world.scene.clone();
            world.scene = before.clone().when(command);
            let Some(Ok(decision)) = world.scene.outcome.clone() else { continue };
            // The scene's own events once more, one at a time and watched.
            let mut state = before.state.clone();
            for event in &decision.events {
                let earlier = state.clone();
                let changes = state.apply(world.scene.now, event);
                watch.saw(&earlier, &state, world.scene.now, event, &changes, &world.markers);
            }
            former::undoing_gives_it_back(&before.state, &world.scene);
        }
        watch.replay_is_the_same(&world.scene.state);
    }
}

/// Everybody who looks on, and the journal.
struct Watch {
    viewers: Viewers,
    supporters: Supporters,
    secrets: Secrets,
    journal: Vec<(Timestamp, String)>,
}

impl Watch {
    fn new(scene: &Scene) -> Self {
        let created = Conversation::create(scene.state.details().clone(), Some(scene.state.phase()), wishes::keys());
        Self {
            viewers: Viewers::new(&scene.state),
            supporters: Supporters::default(),
            secrets: Secrets::default(),
            journal: vec![(scene.now, serde_json::to_string(&created).expect("JSON"))],
        }
    }

    fn saw(
        &mut self,
        before: &Conversation,
        now: &Conversation,
        at: Timestamp,
        event: &Event,
        changes: &Changes,
        markers: &[String],
    ) {
        self.journal.push((at, serde_json::to_string(event).expect("JSON")));
        self.viewers.saw(before, now, changes);
        let all = now.moderator();
        self.supporters.saw(&before.moderator(), event);
        self.supporters.agree(&all, now);
        self.secrets.stay(now, &all, changes, markers);
        stage_and_queue_are_sound(&all);
        bundles_are_sound(&all);
        counts_are_right(&all);
        for who in PEOPLE {
            let told = changes.participants.contains(&who);
            assert!(told || before.mine(who) == now.mine(who), "{who} was not told of {event:?}");
        }
    }

    fn replay_is_the_same(&self, now: &Conversation) {
        let mut records =
            self.journal.iter().map(|(at, json)| (*at, serde_json::from_str::<Event>(json).expect("an event")));
        let (at, created) = records.next().expect("a beginning");
        let mut again = Conversation::begin(at, &created).expect("created");
        let half = self.journal.len() / 2;
        for (number, (at, event)) in records.enumerate() {
            if number == half {
                again = kept_and_taken_up(again);
            }
            again.apply(at, &event);
        }
        assert_eq!(&again, now);
        assert_eq!(&kept_and_taken_up(again), now);
    }
}

/// The same session, from a checkpoint as a journal keeps it.
fn kept_and_taken_up(now: Conversation) -> Conversation {
    let kept = serde_json::to_string(&Checkpoint::from(now)).expect("JSON");
    serde_json::from_str::<Checkpoint>(&kept).expect("a checkpoint").into()
}

fn is_public(status: Status) -> bool {
    matches!(status, Status::Shown | Status::OnStage | Status::Answered)
}

fn stage_and_queue_are_sound(all: &ModeratorView) {
    let session = &all.session.public;
    let on_stage: Vec<QuestionId> =
        all.questions.values().filter(|card| card.card.status == Status::OnStage).map(|card| card.card.id).collect();
    let unanswered = session.on_stage.filter(|id| all.questions[id].card.answer.is_none());
    assert_eq!(on_stage, Vec::from_iter(unanswered), "at most one on stage, and the session says which");
    let staged = session.on_stage.map(|id| &all.questions[&id].card);
    assert!(
        staged.is_none_or(|card| is_public(card.status) && card.lead.is_none()),
        "what is on stage is a public lead"
    );
    assert!(session.on_stage.is_none() || session.phase <= Phase::Live, "nothing on stage when it is over");
    let queue = &session.queue;
    assert_eq!(BTreeSet::from_iter(queue).len(), queue.len(), "each once");
    for id in queue {
        let card = &all.questions[id].card;
        assert_eq!((card.status, card.lead), (Status::Shown, None), "the queue holds shown leads");
    }
}

fn bundles_are_sound(all: &ModeratorView) {
    for card in all.questions.values().map(|card| &card.card) {
        for wording in &card.wordings {
            assert_eq!(all.questions[wording].card.lead, Some(card.id));
        }
        if !card.wordings.is_empty() {
            assert!(is_public(card.status) && card.lead.is_none(), "a lead is public and bundled under nothing");
        }
        if let Some(lead) = card.lead {
            assert!(all.questions[&lead].card.wordings.contains(&card.id));
            assert_eq!((card.status, &card.answer), (Status::Shown, &None), "its lead is answered, not it");
        }
        let answered = card.status == Status::Answered;
        assert!(!answered || card.answer.is_some());
        assert!(card.status != Status::Shown || card.answer.is_none());
    }
}

fn counts_are_right(all: &ModeratorView) {
    let public: Vec<_> = all.questions.values().map(|card| &card.card).filter(|card| is_public(card.status)).collect();
    let has_answer = |id: &QuestionId| all.questions[id].card.answer.is_some();
    let count = |n: usize| u32::try_from(n).expect("few");
    let counts = all.session.public.counts;
    assert_eq!(counts.asked, count(public.len()));
    assert_eq!(counts.bundled, count(public.iter().filter(|card| card.lead.is_some()).count()));
    assert_eq!(counts.answered, count(public.iter().filter(|card| has_answer(&card.lead.unwrap_or(card.id))).count()));
}
