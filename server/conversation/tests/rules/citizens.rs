//! Asking, supporting, withdrawing.

use conversation::{Command, Event, Noted, ParticipantId};
use shared::{Moderation, Phase, Refusal, Source, Status};

use crate::scene::*;

#[test]
fn a_question_waits_for_the_moderators() {
    let event = Event::Asked {
        by: VERA,
        question: NEW,
        text: "Waarom?".into(),
        name: None,
        shown: false,
        noted: Noted::default(),
    };
    given([]).when(ask(VERA, "  Waarom?  ")).then([event]).and(|state| {
        assert_eq!(state.status(NEW), Status::Waiting);
        assert_eq!(state.public_card(NEW), None);
        assert_eq!(state.mine(VERA).questions[0].text, "Waarom?");
    });
}

#[test]
fn where_moderators_look_afterwards_it_is_shown_at_once() {
    let details = details(|body| body.moderation = Moderation::After);
    given_in(Phase::Open, details, [])
        .when(Command::Ask { by: VERA, text: "Waarom?".into(), name: Some(" Vera ".into()), noted: Noted::default() })
        .then_done()
        .and(|state| {
            let card = state.shown(NEW);
            assert_eq!((card.status, card.name.as_deref(), card.source), (Status::Shown, Some("Vera"), Source::Web));
            assert_eq!(card.support, 0, "asking is not supporting");
        });
}

#[test]
fn words_that_are_no_question_are_refused() {
    given([]).when(ask(VERA, " \u{200B} ")).refused(Refusal::Empty);
    given([]).when(ask(VERA, "#FietsFan010")).refused(Refusal::OnlyHashtags);
    given([]).when(ask(VERA, &"x".repeat(501))).refused(Refusal::TooLong { length: 501, max: 500 });
}

#[test]
fn one_can_ask_while_the_box_is_open() {
    let when =
        |phase, early: bool| given_in(phase, details(|body| body.ask_early = early), []).when(ask(VERA, "Waarom?"));
    when(Phase::Announced, true).then_done();
    when(Phase::Open, false).then_done();
    when(Phase::Live, false).then_done();
    when(Phase::Announced, false).refused(Refusal::BoxClosed { phase: Phase::Announced });
    when(Phase::Closed, true).refused(Refusal::BoxClosed { phase: Phase::Closed });
    when(Phase::Archived, true).refused(Refusal::BoxClosed { phase: Phase::Archived });
}

#[test]
fn nobody_can_ask_while_the_box_is_closed_by_hand() {
    let closed = Event::BoxSet { by: "Jan".into(), open: false };
    let reopened = Event::BoxSet { by: "Jan".into(), open: true };
    given([closed.clone()]).when(ask(VERA, "Waarom?")).refused(Refusal::BoxClosed { phase: Phase::Live });
    given([closed, reopened]).when(ask(VERA, "Waarom?")).then_done();
}

#[test]
fn the_same_words_of_the_same_person_are_there_already() {
    let same = "VRAAG nummer   1, #fiets!";
    given([asked(Q1)]).when(ask(asker(Q1), same)).refused(Refusal::AlreadyAsked { question: Q1 });
    given([asked(Q1), declined(Q1)]).when(ask(asker(Q1), same)).refused(Refusal::AlreadyAsked { question: Q1 });
    given([asked(Q1), edited(Q1, "Iets anders?")])
        .when(ask(asker(Q1), same))
        .refused(Refusal::AlreadyAsked { question: Q1 });
    given([asked(Q1), withdrawn(Q1)]).when(ask(asker(Q1), same)).then_done();
    given([asked(Q1)]).when(ask(VERA, same)).then_done();
}

#[test]
fn an_id_that_is_taken_is_drawn_again() {
    given(public([NEW]))
        .when(ask(VERA, "Waarom?"))
        .then_done()
        .and(|state| assert_eq!(state.mine(VERA).questions[0].id.0, 101));
}

#[test]
fn one_supports_what_everybody_sees_in_any_phase_but_the_last() {
    for phase in [Phase::Announced, Phase::Open, Phase::Live, Phase::Closed] {
        let events = public([Q1]).chain([moved(phase)]);
        given(events).when(support(Q1, VERA)).then([supported(Q1, VERA)]).and(|state| {
            assert_eq!(state.support_of(Q1), 1);
            assert_eq!(state.shown(Q1).support, 1);
            assert_eq!(state.mine(VERA).supports, [Q1]);
        });
    }
    let events = public([Q1]).chain([moved(Phase::Archived)]);
    given(events).when(support(Q1, VERA)).refused(Refusal::BoxClosed { phase: Phase::Archived });
    given(public([Q1]).chain([staged(Q1)])).when(support(Q1, VERA)).then_done();
    given(public([Q1]).chain([answered(Q1)])).when(support(Q1, VERA)).then_done();
}

#[test]
fn a_person_counts_once_however_often_they_press() {
    given(public([Q1]))
        .when(support(Q1, VERA))
        .then_done()
        .when(support(Q1, VERA))
        .then_nothing()
        .when(support(Q1, WIM))
        .then_done()
        .and(|state| assert_eq!(state.support_of(Q1), 2))
        .when(unsupport(Q1, VERA))
        .then([unsupported(Q1, VERA)])
        .when(unsupport(Q1, VERA))
        .then_nothing()
        .and(|state| assert_eq!(state.support_of(Q1), 1));
}

#[test]
fn five_hundred_people_count_five_hundred() {
    let mut scene = given(public([Q1]));
    for who in 0..500 {
        scene = scene.when(support(Q1, ParticipantId(who)));
    }
    assert_eq!(scene.state.support_of(Q1), 500);
}

#[test]
fn support_for_what_is_hidden_tells_only_who_may_know() {
    given([asked(Q1)]).when(support(Q1, VERA)).refused(Refusal::NotFound);
    given([asked(Q1)]).when(support(Q1, asker(Q1))).refused_as(Status::Waiting);
    given([asked(Q1), declined(Q1)]).when(support(Q1, VERA)).refused(Refusal::NotFound);
    given([asked(Q1), declined(Q1)]).when(support(Q1, asker(Q1))).refused_as(Status::Declined);
    given(public([Q1]).chain([declined(Q1)])).when(support(Q1, VERA)).refused_as(Status::Declined);
    given(public([Q1]).chain([declined(Q1)])).when(unsupport(Q1, VERA)).refused_as(Status::Declined);
    given(public([Q1]).chain([withdrawn(Q1)])).when(support(Q1, VERA)).refused_as(Status::Withdrawn);
    given([asked(Q1), withdrawn(Q1)]).when(support(Q1, VERA)).refused(Refusal::NotFound);
    given([]).when(support(NOWHERE, VERA)).refused(Refusal::NotFound);
}

#[test]
fn support_stays_with_a_question_that_comes_back() {
    given(public([Q1]).chain([supported(Q1, VERA), declined(Q1)]))
        .and(|state| assert_eq!(state.mine(VERA).supports, []))
        .when(restore(Q1))
        .then_done()
        .and(|state| assert_eq!((state.support_of(Q1), state.mine(VERA).supports), (1, vec![Q1])));
}

#[test]
fn one_withdraws_ones_own_question_until_it_is_answered() {
    given([asked(Q1)]).when(withdraw(Q1, asker(Q1))).then([withdrawn(Q1)]);
    given(public([Q1]).chain([queued([Q1])]))
        .when(withdraw(Q1, asker(Q1)))
        .then_done()
        .and(|state| assert_eq!((state.queue(), state.public_card(Q1)), (&[][..], None)));
    given(public([Q1]).chain([staged(Q1)]))
        .when(withdraw(Q1, asker(Q1)))
        .then_done()
        .and(|state| assert_eq!(state.public().session.on_stage, None));
    given(public([Q1]).chain([answered(Q1)])).when(withdraw(Q1, asker(Q1))).refused_as(Status::Answered);
    given([asked(Q1), declined(Q1)]).when(withdraw(Q1, asker(Q1))).refused_as(Status::Declined);
    given([asked(Q1), withdrawn(Q1)]).when(withdraw(Q1, asker(Q1))).refused_as(Status::Withdrawn);
}

#[test]
fn nobody_withdraws_the_question_of_another() {
    given(public([Q1])).when(withdraw(Q1, VERA)).refused(Refusal::Forbidden);
    given([asked(Q1)]).when(withdraw(Q1, VERA)).refused(Refusal::NotFound);
    given([]).when(withdraw(NOWHERE, VERA)).refused(Refusal::NotFound);
}
