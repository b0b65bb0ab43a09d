//! Every step can be undone, as long as nothing was built on it.

use conversation::{Command, Event};
use shared::{Phase, QuestionId, Refusal, Status};

use crate::scene::*;

fn cannot(scene: Scene, step: u64) -> Scene {
    scene.when(undo(step)).refused(Refusal::CannotUndo)
}

#[test]
fn a_step_is_undone_once_and_by_name() {
    let scene = given([asked(Q1)]).when(approve(Q1)).then_done();
    let step = scene.state.last_step();
    let scene = scene.when(undo(step)).then([Event::Undone { by: "Els".into(), step }]).and(|state| {
        assert_eq!((state.status(Q1), state.public_card(Q1)), (Status::Waiting, None));
        assert_eq!(state.moderator().session.steps[0].undone_by.as_deref(), Some("Els"));
        assert_eq!(state.card(Q1).changed_by.as_deref(), Some("Els"));
        assert_eq!(state.status_for(Some(VERA), Q1), None, "as if it was never shown");
    });
    cannot(scene, step).when(undo(step + 1)).refused(Refusal::NotFound).when(undo(0)).refused(Refusal::NotFound);
}

#[test]
fn supports_given_meanwhile_stay() {
    given(public([Q1, Q2]).chain([bundled(Q2, Q1), supported(Q2, VERA), supported(Q1, WIM)]))
        .when(undo(3))
        .then_done()
        .and(|state| assert_eq!((state.support_of(Q1), state.support_of(Q2), state.shown(Q2).lead), (1, 1, None)));
}

#[test]
fn words_can_be_undone_whatever_happened_to_the_place_and_the_other_way_round() {
    given(public([Q1]).chain([edited(Q1, "Beter"), staged(Q1)])).when(undo(2)).then_done().and(|state| {
        assert_eq!((state.shown(Q1).text, state.status(Q1)), (text_of(Q1), Status::OnStage));
        assert_eq!(state.shown(Q1).topics, ["fiets"]);
    });
    given(public([Q1]).chain([edited(Q1, "Beter")])).when(undo(1)).then_done().and(|state| {
        assert_eq!((state.card(Q1).card.text.as_str(), state.status(Q1)), ("Beter", Status::Waiting));
    });
    cannot(given(public([Q1]).chain([edited(Q1, "Beter"), edited(Q1, "Best")])), 2);
}

#[test]
fn what_others_built_on_is_not_undone() {
    cannot(given(public([Q1]).chain([staged(Q1)])), 1);
    cannot(given(public([Q1]).chain([queued([Q1])])), 1);
    cannot(given(public([Q1]).chain([withdrawn(Q1)])), 1);
    cannot(given(public([Q1, Q2]).chain([bundled(Q2, Q1)])), 1);
    cannot(given(public([Q1, Q2, Q3]).chain([bundled(Q2, Q1), bundled(Q3, Q1)])), 4);
    cannot(given(public([Q1]).chain([staged(Q1), answered(Q1)])), 2);
}

#[test]
fn what_left_the_stage_answered_comes_back_only_as_it_left() {
    let history = || public([Q1, Q2]).chain([staged(Q1), answered(Q1), staged(Q2)]);
    given(history()).when(undo(5)).then_done().and(|state| assert_eq!(state.public().session.on_stage, Some(Q1)));
    cannot(given(history().chain([declined(Q1)])), 5);
    cannot(given(history()), 4);
}

#[test]
fn steps_are_undone_from_the_last_to_the_first() {
    let events = [
        bundled(Q2, Q1),
        queued([Q3, Q1]),
        staged(Q1),
        drafted(Q1, "Ik denk"),
        answered(Q1),
        unstaged(Q1),
        declined(Q1),
    ];
    let start = given(public([Q1, Q2, Q3]));
    let mut scene = start.clone();
    for event in events {
        scene.happen(&event);
    }
    for step in (4..=scene.state.last_step()).rev() {
        scene = scene.when(undo(step)).then_done();
    }
    assert_eq!(scene.state.public().session, start.state.public().session);
    assert_eq!(scene.state.public().questions, start.state.public().questions);
}

#[test]
fn a_lead_that_was_declined_gets_its_bundle_back() {
    let bundle =
        public([Q1, Q2, Q3, Q4]).chain([bundled(Q2, Q1), bundled(Q3, Q1), supported(Q2, VERA), queued([Q4, Q1])]);
    let scene = given(bundle);
    let before = scene.state.public();
    let scene = scene.when(decline(Q1)).then_done();
    let step = scene.state.last_step();
    scene.when(undo(step)).then_done().and(|state| {
        assert_eq!((state.public().session, state.public().questions), (before.session, before.questions));
        assert_eq!(state.support_of(Q1), 1);
    });
}

#[test]
fn a_question_finds_its_place_in_a_queue_that_others_changed() {
    let lines = |events: &[Event], step| {
        let history = public([Q1, Q2, Q3, Q4]).chain([queued([Q1, Q2, Q3])]).chain(events.iter().cloned());
        given(history).when(undo(step)).then_done().state.queue().to_vec()
    };
    assert_eq!(lines(&[staged(Q2)], 6), [Q1, Q2, Q3]);
    assert_eq!(lines(&[staged(Q2), queued([Q4, Q3, Q1])], 6), [Q4, Q3, Q1, Q2], "behind the one before it");
    assert_eq!(lines(&[staged(Q2), queued([Q4, Q3])], 6), [Q2, Q4, Q3], "or else in front");
    let answered_and_moved = [answered(Q2), queued([Q3, Q1])];
    assert_eq!(lines(&answered_and_moved, 6), [Q3, Q1, Q2]);
}

#[test]
fn the_whole_queue_goes_back_only_as_it_was() {
    let history = || public([Q1, Q2, Q3]).chain([queued([Q1, Q2]), queued([Q2])]);
    given(history()).when(undo(5)).then_done().and(|state| assert_eq!(state.queue(), [Q1, Q2]));
    cannot(given(history().chain([queued([Q3])])), 5);
    cannot(given(history().chain([declined(Q1)])), 5);
}

#[test]
fn a_question_entered_by_mistake_is_withdrawn() {
    let scene = given([]).when(enter("En op Zuid?")).then_done();
    scene.clone().when(undo(1)).then_done().and(|state| {
        assert_eq!((state.status(NEW), state.public_card(NEW)), (Status::Withdrawn, None));
        assert_eq!(state.public().session.counts.asked, 0);
    });
    cannot(scene.when(order([NEW])), 1);
}

#[test]
fn banner_box_and_phase_go_back() {
    let banner = |text: &str| Command::SetBanner { by: jan(), text: Some(text.into()) };
    let scene = given([]).when(banner("Pauze")).when(banner("We gaan verder"));
    let before = scene.state.public().session.banner;
    let scene = cannot(scene, 1).when(undo(2)).then_done();
    assert_eq!(scene.state.public().session.banner.map(|banner| banner.text).as_deref(), Some("Pauze"));
    assert!(before.is_some());

    let closed = Command::SetBox { by: jan(), open: false };
    given([]).when(closed).when(undo(1)).then_done().and(|state| assert!(state.public().session.box_open));

    given(public([Q1]).chain([staged(Q1)]))
        .when(move_to(Phase::Closed))
        .when(undo(3))
        .then_done()
        .and(|state| assert_eq!((state.phase(), state.status(Q1)), (Phase::Live, Status::OnStage)));
}

#[test]
fn nothing_comes_back_on_stage_in_a_session_that_is_over() {
    cannot(given(public([Q1]).chain([staged(Q1), unstaged(Q1), moved(Phase::Closed)])), 3);
    let reopened = given_in(Phase::Closed, details(|_| {}), public([Q1]).chain([moved(Phase::Live), staged(Q1)]));
    cannot(reopened, 2);
}

#[test]
fn an_answer_that_is_undone_gives_the_draft_back() {
    let typed = || public([Q1]).chain([staged(Q1), drafted(Q1, "Ik denk"), answered(Q1)]);
    let draft = |scene: Scene| scene.when(undo(3)).then_done().state.panel().session.draft.map(|draft| draft.text);
    assert_eq!(draft(given(typed())).as_deref(), Some("Ik denk"));
    assert_eq!(
        draft(given(typed().chain([drafted(Q1, "Toch niet")]))).as_deref(),
        Some("Toch niet"),
        "the newer stays"
    );
}

#[test]
fn two_hundred_steps_can_be_undone_and_thirty_are_shown() {
    let mut scene = given(public([Q1]));
    for round in 0..205 {
        scene.happen(&edited(Q1, &format!("Ronde {round}")));
    }
    let steps = scene.state.moderator().session.steps;
    assert_eq!((steps.len(), steps[0].id, scene.state.last_step()), (30, 177, 206));
    for step in (7..=206).rev() {
        scene = scene.when(undo(step)).then_done();
    }
    cannot(scene, 6);
}

#[test]
fn undoing_is_about_the_question_of_the_step() {
    let about = |scene: Scene| -> Option<QuestionId> { scene.outcome.expect("a command").expect("done").about };
    assert_eq!(about(given(public([Q1])).when(undo(1))), Some(Q1));
    assert_eq!(about(given([moved(Phase::Open)]).when(undo(1))), None);
}
