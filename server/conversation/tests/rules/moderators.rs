//! Approving, declining, restoring, editing, entering; and two moderators at one card.

use conversation::{Command, Event};
use shared::{Act, Moderation, Phase, Reason, Refusal, Source, Status};

use crate::scene::*;

#[test]
fn only_a_waiting_question_is_approved() {
    given([asked(Q1)])
        .when(approve(Q1))
        .then([shown(Q1)])
        .and(|state| assert_eq!(state.shown(Q1).status, Status::Shown));
    given(public([Q1])).when(approve(Q1)).refused_as(Status::Shown);
    given(public([Q1]).chain([staged(Q1)])).when(approve(Q1)).refused_as(Status::OnStage);
    given(public([Q1]).chain([answered(Q1)])).when(approve(Q1)).refused_as(Status::Answered);
    given([asked(Q1), declined(Q1)]).when(approve(Q1)).refused_as(Status::Declined);
    given([asked(Q1), withdrawn(Q1)]).when(approve(Q1)).refused_as(Status::Withdrawn);
    given([]).when(approve(NOWHERE)).refused(Refusal::NotFound);
}

#[test]
fn declining_tells_the_asker_why() {
    let note = Some("Dat is voor de politie.".to_owned());
    let decline = Command::Decline {
        by: jan(),
        question: Q1,
        reason: Reason::Other,
        note: note.clone(),
        answer: None,
        seen: None,
    };
    let event =
        Event::Declined { by: "Jan".into(), question: Q1, reason: Reason::Other, note: note.clone(), answer: None };
    given([asked(Q1)]).when(decline).then([event]).and(|state| {
        let card = &state.mine(asker(Q1)).questions[0];
        assert_eq!((card.status, card.reason, &card.note), (Status::Declined, Some(Reason::Other), &note));
        assert_eq!(state.card(Q1).note, note);
    });
}

#[test]
fn declining_takes_a_question_from_queue_and_stage() {
    given(public([Q1]).chain([queued([Q1])]))
        .when(decline(Q1))
        .then([declined(Q1)])
        .and(|state| assert_eq!((state.queue(), state.public_card(Q1)), (&[][..], None)));
    given(public([Q1]).chain([staged(Q1)])).when(decline(Q1)).then_done().and(|state| {
        assert_eq!(state.public().session.on_stage, None);
        assert_eq!(state.public().session.counts.asked, 0);
    });
    given(public([Q1]).chain([answered(Q1)])).when(decline(Q1)).then_done();
}

#[test]
fn what_is_gone_is_not_declined_again() {
    given([asked(Q1), declined(Q1)]).when(decline(Q1)).refused_as(Status::Declined);
    given([asked(Q1), withdrawn(Q1)]).when(decline(Q1)).refused_as(Status::Withdrawn);
}

#[test]
fn another_reason_needs_a_note() {
    let because = |note: Option<&str>| Command::Decline {
        by: jan(),
        question: Q1,
        reason: Reason::Other,
        note: note.map(str::to_owned),
        answer: None,
        seen: None,
    };
    given([asked(Q1)]).when(because(None)).refused(Refusal::Field { field: "note".into() });
    given([asked(Q1)]).when(because(Some(" "))).refused(Refusal::Field { field: "note".into() });
    given([asked(Q1)]).when(because(Some(&"x".repeat(281)))).refused(Refusal::TooLong { length: 281, max: 280 });
}

#[test]
fn a_declined_question_comes_back_to_where_it_was_seen() {
    given([asked(Q1), declined(Q1)]).when(restore(Q1)).then([restored(Q1)]).and(|state| {
        assert_eq!(state.status(Q1), Status::Waiting);
        assert_eq!(state.card(Q1).reason, None);
    });
    given(public([Q1]).chain([declined(Q1)]))
        .when(restore(Q1))
        .then_done()
        .and(|state| assert_eq!(state.status(Q1), Status::Shown));
    let after = details(|body| body.moderation = Moderation::After);
    given_in(Phase::Live, after, [asked(Q1), declined(Q1)])
        .when(restore(Q1))
        .then_done()
        .and(|state| assert_eq!(state.status(Q1), Status::Waiting, "it was never shown"));
    given(public([Q1]).chain([answered(Q1), declined(Q1)]))
        .when(restore(Q1))
        .then_done()
        .and(|state| assert_eq!(state.status(Q1), Status::Answered, "its answer is still there"));
    given(public([Q1])).when(restore(Q1)).refused_as(Status::Shown);
}

#[test]
fn the_first_words_are_kept_and_only_moderators_see_them() {
    given(public([Q1]))
        .when(edit(Q1, "Beter gezegd #stalling"))
        .then([edited(Q1, "Beter gezegd #stalling")])
        .when(edit(Q1, "Nog beter #Zuid"))
        .then_done()
        .and(|state| {
            let card = state.card(Q1);
            assert_eq!(card.original, Some(text_of(Q1)));
            assert_eq!((card.card.text.as_str(), card.card.edited), ("Nog beter #Zuid", true));
            assert_eq!(state.shown(Q1).topics, ["Zuid"], "topics follow the words");
            assert!(state.mine(asker(Q1)).questions[0].edited);
        })
        .when(edit(Q1, &text_of(Q1)))
        .then_done()
        .and(|state| assert_eq!((state.card(Q1).original, state.shown(Q1).edited), (None, false)));
}

#[test]
fn words_are_edited_unless_withdrawn() {
    given([asked(Q1)]).when(edit(Q1, "Beter")).then_done();
    given([asked(Q1), declined(Q1)]).when(edit(Q1, "Beter")).then_done();
    given([asked(Q1), withdrawn(Q1)]).when(edit(Q1, "Beter")).refused_as(Status::Withdrawn);
    given([asked(Q1)]).when(edit(Q1, " ")).refused(Refusal::Empty);
    given([asked(Q1)]).when(edit(Q1, &text_of(Q1))).then_nothing();
}

#[test]
fn a_question_from_the_hall_is_shown_whatever_the_box() {
    for phase in [Phase::Announced, Phase::Open, Phase::Live, Phase::Closed] {
        given_in(phase, details(|_| {}), []).when(enter("En op Zuid?")).then_done().and(|state| {
            let card = state.shown(NEW);
            assert_eq!((card.source, card.status, card.support), (Source::Hall, Status::Shown, 0));
            assert_eq!(state.card(NEW).changed_by.as_deref(), Some("Jan"));
        });
    }
    given_in(Phase::Archived, details(|_| {}), [])
        .when(enter("En?"))
        .refused(Refusal::BoxClosed { phase: Phase::Archived });
    given([]).when(enter("")).refused(Refusal::Empty);
}

#[test]
fn of_two_at_one_card_the_second_is_told() {
    let scene = given([asked(Q1)]);
    let seen = scene.state.card(Q1).version;
    let late = Command::Decline {
        by: jan(),
        question: Q1,
        reason: Reason::OffTopic,
        note: None,
        answer: None,
        seen: Some(seen),
    };
    scene
        .when(Command::Approve { by: jan(), question: Q1, seen: Some(seen) })
        .then_done()
        .when(late)
        .refused(Refusal::Changed { by: "Jan".into(), act: Act::Approved })
        .and(|state| assert_eq!((state.card(Q1).version, state.card(Q1).changed_by), (seen + 1, Some("Jan".into()))));
}

#[test]
fn a_card_that_its_asker_withdrew_says_so() {
    let scene = given([asked(Q1), withdrawn(Q1)]);
    scene.when(Command::Approve { by: jan(), question: Q1, seen: Some(0) }).refused_as(Status::Withdrawn);
}

#[test]
fn support_does_not_make_a_card_another() {
    given(public([Q1]).chain([supported(Q1, VERA)]))
        .and(|state| assert_eq!(state.card(Q1).version, 1, "only approving counted"));
}

#[test]
fn after_undoing_the_next_is_told_where_the_question_stands() {
    let scene = given(public([Q1]));
    let (seen, step) = (scene.state.card(Q1).version, scene.state.last_step());
    scene
        .when(undo(step))
        .then_done()
        .when(Command::Decline {
            by: jan(),
            question: Q1,
            reason: Reason::OffTopic,
            note: None,
            answer: None,
            seen: Some(seen),
        })
        .refused_as(Status::Waiting);
}
