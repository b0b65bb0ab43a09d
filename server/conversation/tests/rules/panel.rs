//! Answers, corrections and drafts.

use conversation::{Command, Event};
use shared::{Refusal, Status};

use crate::scene::*;

fn by(alderman: &str, spoken: bool) -> Command {
    Command::Answer { by: jan(), question: Q1, text: " Ja. ".into(), spoken, alderman: Some(alderman.into()) }
}

#[test]
fn an_answer_on_stage_keeps_its_question_there() {
    given(public([Q1]).chain([staged(Q1)])).when(answer(Q1, "Ja.")).then([answered(Q1)]).and(|state| {
        let card = state.shown(Q1);
        assert_eq!((card.status, state.public().session.on_stage), (Status::Answered, Some(Q1)));
        let answer = card.answer.expect("given");
        assert_eq!((answer.text.as_str(), answer.by.as_str(), answer.corrected), ("Ja.", "Judith", false));
        assert_eq!(state.public().session.counts.answered, 1);
    });
}

#[test]
fn an_answer_off_stage_takes_its_question_from_the_queue() {
    given(public([Q1]).chain([queued([Q1])])).when(answer(Q1, "Ja.")).then([answered(Q1)]).and(|state| {
        assert_eq!((state.status(Q1), state.queue()), (Status::Answered, &[][..]));
    });
}

#[test]
fn an_alderman_answers() {
    let event = |alderman: &str| Event::Answered {
        by: "Jan".into(),
        question: Q1,
        text: "Ja.".into(),
        spoken: true,
        alderman: alderman.into(),
    };
    given(public([Q1])).when(by("Vincent", true)).then([event("Vincent")]);
    given(public([Q1])).when(by("Iemand anders", true)).refused(Refusal::Field { field: "by".into() });
}

#[test]
fn an_answer_is_corrected_where_it_stands() {
    let scene = given(public([Q1]).chain([answered(Q1)]));
    let first = scene.state.shown(Q1).answer.expect("given");
    scene
        .when(answer(Q1, "Nee."))
        .then([Event::Corrected { by: "Jan".into(), question: Q1, text: "Nee.".into(), spoken: false }])
        .and(|state| {
            let second = state.shown(Q1).answer.expect("still given");
            assert_eq!((second.text.as_str(), second.corrected), ("Nee.", true));
            assert_eq!((second.by, second.at), (first.by.clone(), first.at.clone()));
            assert_eq!(state.public().session.counts.answered, 1);
        })
        .when(answer(Q1, "Nee."))
        .then_nothing();
}

#[test]
fn only_a_public_lead_is_answered() {
    given([asked(Q1)]).when(answer(Q1, "Ja.")).refused(Refusal::NotFound);
    given(public([Q1]).chain([declined(Q1)])).when(answer(Q1, "Ja.")).refused_as(Status::Declined);
    given(public([Q1, Q2]).chain([bundled(Q2, Q1)])).when(answer(Q2, "Ja.")).refused(Refusal::IsBundled { into: Q1 });
    given([]).when(answer(NOWHERE, "Ja.")).refused(Refusal::NotFound);
    given(public([Q1])).when(answer(Q1, " ")).refused(Refusal::Empty);
    given(public([Q1])).when(answer(Q1, &"x".repeat(4001))).refused(Refusal::TooLong { length: 4001, max: 4000 });
}

#[test]
fn an_answer_answers_the_whole_bundle() {
    given(public([Q1, Q2, Q3]).chain([bundled(Q2, Q1)])).when(answer(Q1, "Ja.")).then_done().and(|state| {
        let counts = state.public().session.counts;
        assert_eq!((counts.asked, counts.answered, counts.bundled), (3, 2, 1));
        assert_eq!(state.mine(asker(Q2)).questions[0].status, Status::Answered);
    });
}

#[test]
fn a_draft_is_kept_for_the_question_on_stage_and_seen_by_the_panel() {
    given(public([Q1, Q2]).chain([staged(Q1)]))
        .when(keep_draft(Q1, "Ik denk"))
        .then([drafted(Q1, "Ik denk")])
        .and(|state| {
            let draft = state.panel().session.draft.expect("kept");
            assert_eq!((draft.question, draft.text.as_str()), (Q1, "Ik denk"));
        })
        .when(keep_draft(Q1, "Ik denk"))
        .then_nothing()
        .when(keep_draft(Q2, "Voor straks"))
        .then_done()
        .and(|state| assert_eq!(state.panel().session.draft.map(|draft| draft.question), Some(Q1)))
        .when(stage(Q2))
        .then_done()
        .and(|state| assert_eq!(state.panel().session.draft.map(|draft| draft.text).as_deref(), Some("Voor straks")))
        .when(keep_draft(Q2, "  "))
        .then([drafted(Q2, "")])
        .and(|state| assert_eq!(state.panel().session.draft, None));
}

#[test]
fn answering_and_correcting_use_the_draft_up() {
    given(public([Q1]).chain([staged(Q1), drafted(Q1, "Ik denk")]))
        .when(answer(Q1, "Ja."))
        .then_done()
        .and(|state| assert_eq!(state.panel().session.draft, None))
        .when(keep_draft(Q1, "Toch niet"))
        .then_done()
        .when(answer(Q1, "Nee."))
        .then_done()
        .and(|state| assert_eq!(state.panel().session.draft, None));
}

#[test]
fn the_panel_drafts_for_what_it_can_see() {
    given([asked(Q1)]).when(keep_draft(Q1, "Ik denk")).refused(Refusal::NotFound);
    given([]).when(keep_draft(NOWHERE, "Ik denk")).refused(Refusal::NotFound);
}
