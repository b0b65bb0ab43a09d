//! The stage and the queue behind it.

use conversation::{Command, Event};
use shared::{Phase, Refusal, Status};

use crate::scene::*;

#[test]
fn the_queue_is_set_whole() {
    given(public([Q1, Q2, Q3]).chain([queued([Q1, Q2])]))
        .when(order([Q3, Q1]))
        .then([queued([Q3, Q1])])
        .and(|state| {
            assert_eq!(state.public().session.queue, [Q3, Q1]);
            assert_eq!(state.mine(asker(Q1)).questions[0].place, Some(2));
            assert_eq!(state.mine(asker(Q2)).questions[0].place, None);
        })
        .when(order([Q3, Q1]))
        .then_nothing();
}

#[test]
fn only_shown_leads_stand_in_the_queue() {
    given([]).when(order([NOWHERE])).refused(Refusal::NotFound);
    given([asked(Q1)]).when(order([Q1])).refused_as(Status::Waiting);
    given(public([Q1]).chain([declined(Q1)])).when(order([Q1])).refused_as(Status::Declined);
    given(public([Q1]).chain([staged(Q1)])).when(order([Q1])).refused_as(Status::OnStage);
    given(public([Q1]).chain([answered(Q1)])).when(order([Q1])).refused_as(Status::Answered);
    given(public([Q1, Q2]).chain([bundled(Q2, Q1)])).when(order([Q2])).refused(Refusal::IsBundled { into: Q1 });
    given(public([Q1])).when(order([Q1, Q1])).refused(Refusal::QueueChanged);
}

#[test]
fn of_two_at_the_queue_the_second_is_told() {
    let late = |seen: &[shared::QuestionId]| Command::Order { by: jan(), order: vec![Q2], seen: Some(seen.to_vec()) };
    given(public([Q1, Q2]).chain([queued([Q1])])).when(late(&[])).refused(Refusal::QueueChanged);
    given(public([Q1, Q2]).chain([queued([Q1])])).when(late(&[Q1])).then([queued([Q2])]);
}

#[test]
fn a_shown_lead_goes_on_stage() {
    given(public([Q1, Q2]).chain([queued([Q2, Q1])])).when(stage(Q1)).then([staged(Q1)]).and(|state| {
        assert_eq!((state.public().session.on_stage, state.queue()), (Some(Q1), &[Q2][..]));
        assert_eq!(state.status(Q1), Status::OnStage);
        assert!(state.panel().session.staged_at.is_some());
    });
}

#[test]
fn nothing_else_goes_on_stage() {
    given([asked(Q1)]).when(stage(Q1)).refused_as(Status::Waiting);
    given(public([Q1]).chain([declined(Q1)])).when(stage(Q1)).refused_as(Status::Declined);
    given(public([Q1]).chain([staged(Q1)])).when(stage(Q1)).refused_as(Status::OnStage);
    given(public([Q1]).chain([answered(Q1)])).when(stage(Q1)).refused_as(Status::Answered);
    given(public([Q1, Q2]).chain([bundled(Q2, Q1)])).when(stage(Q2)).refused(Refusal::IsBundled { into: Q1 });
    given([]).when(stage(NOWHERE)).refused(Refusal::NotFound);
}

#[test]
fn there_is_a_stage_while_the_session_is_open_or_live() {
    for phase in Phase::ALL.iter().copied() {
        let scene = given_in(phase, details(|_| {}), public([Q1])).when(stage(Q1));
        if matches!(phase, Phase::Open | Phase::Live) {
            scene.then_done();
        } else {
            scene.refused(Refusal::BoxClosed { phase });
        }
    }
}

#[test]
fn what_was_on_stage_makes_room() {
    given(public([Q1, Q2, Q3]).chain([queued([Q3]), staged(Q1)])).when(stage(Q2)).then_done().and(|state| {
        assert_eq!((state.status(Q1), state.queue()), (Status::Shown, &[Q1, Q3][..]), "first in the queue");
    });
    given(public([Q1, Q2]).chain([staged(Q1), answered(Q1)])).when(stage(Q2)).then_done().and(|state| {
        assert_eq!((state.status(Q1), state.queue()), (Status::Answered, &[][..]));
    });
}

#[test]
fn a_question_leaves_the_stage() {
    given(public([Q1, Q2]).chain([queued([Q2]), staged(Q1)])).when(unstage(Q1)).then([unstaged(Q1)]).and(|state| {
        assert_eq!((state.status(Q1), state.queue()), (Status::Shown, &[Q1, Q2][..]));
    });
    given(public([Q1]).chain([staged(Q1), answered(Q1)])).when(unstage(Q1)).then_done().and(|state| {
        assert_eq!((state.status(Q1), state.queue()), (Status::Answered, &[][..]));
    });
    given(public([Q1])).when(unstage(Q1)).refused_as(Status::Shown);
}

#[test]
fn a_session_that_is_over_has_nothing_on_stage() {
    for phase in [Phase::Closed, Phase::Archived] {
        given(public([Q1]).chain([staged(Q1)])).when(move_to(phase)).then([moved(phase)]).and(|state| {
            assert_eq!((state.public().session.on_stage, state.status(Q1)), (None, Status::Shown));
            assert_eq!(state.queue(), []);
        });
        given(public([Q1]).chain([staged(Q1), answered(Q1)]))
            .when(move_to(phase))
            .then_done()
            .and(|state| assert_eq!(state.status(Q1), Status::Answered));
    }
}

#[test]
fn an_event_cannot_put_a_hidden_question_in_the_queue() {
    let queued = Event::Queued { by: "Jan".into(), order: vec![Q1, Q2, Q2, NOWHERE] };
    let mut scene = given(public([Q2]).chain([asked(Q1)]));
    scene.happen(&queued);
    assert_eq!(scene.state.queue(), [Q2]);
}
