//! How staff deal with questions among themselves, many at once, and what is flagged.

use conversation::{Command, Event, Noted, Paper};
use shared::{
    Act, Flag, FlagKind, Moderation, Phase, Reason, Refusal, Status,
    commands::{Elsewhere, ManyDeed, Picked},
};

use crate::scene::*;

fn many(deed: ManyDeed, questions: impl IntoIterator<Item = shared::QuestionId>) -> Command {
    let questions = questions.into_iter().map(|question| Picked { question, seen: None }).collect();
    Command::Many { by: jan(), deed, questions }
}

fn route(question: shared::QuestionId, department: &str) -> Command {
    Command::Route { by: jan(), question, department: Some(department.into()), due: None, seen: None }
}

fn write(question: shared::QuestionId, text: &str, seen: Option<u64>) -> Command {
    Command::Write { by: jan(), question, paper: Paper::Briefing, text: text.into(), ready: false, seen }
}

fn flag(kind: FlagKind, from: u32, to: u32) -> Flag {
    Flag { kind, from, to, saw: "iets".into() }
}

fn flagged(flags: Vec<Flag>) -> Command {
    let noted = Noted { flags, language: Some("nl".into()) };
    Command::Ask { by: VERA, text: "Bel 0612345678 NU".into(), name: None, noted }
}

#[test]
fn a_group_of_waiting_questions_is_bundled_at_once_and_undone_as_one() {
    let scene = given([asked(Q1), asked(Q2), asked(Q3)])
        .when(many(ManyDeed::Bundle { into: Q1 }, [Q1, Q2, Q3]))
        .then_done()
        .and(|state| {
            assert_eq!(state.shown(Q1).wordings, [Q2, Q3]);
            let step = state.moderator().session.steps.pop().expect("one step");
            assert_eq!((step.act, step.many, step.question, step.id), (Act::Bundled, Some(3), None, 1));
        });
    scene.when(undo(1)).then_done().and(|state| {
        for question in [Q1, Q2, Q3] {
            assert_eq!(state.status(question), Status::Waiting);
        }
    });
}

#[test]
fn what_cannot_be_done_to_is_left_out_and_nothing_at_all_is_a_refusal() {
    let approve = || many(ManyDeed::Approve, [Q1, Q2]);
    let scene = given([asked(Q1), asked(Q2), shown(Q2)]).when(approve());
    let decision = scene.outcome.clone().expect("a command").expect("not refused");
    assert_eq!(decision.left.iter().map(|left| left.question).collect::<Vec<_>>(), [Q2]);
    scene.when(approve()).refused_as(Status::Shown);
    given([asked(Q1)]).when(many(ManyDeed::Approve, [])).refused(Refusal::Field { field: "questions".into() });
    let note = ManyDeed::Decline { reason: Reason::Other, note: None };
    given([asked(Q1)]).when(many(note, [Q1])).refused(Refusal::Field { field: "note".into() });
    let under_itself = many(ManyDeed::Bundle { into: Q2 }, [Q1]);
    given(public([Q1, Q2, Q3]).chain([bundled(Q2, Q3)])).when(under_itself).refused(Refusal::IsBundled { into: Q3 });
}

#[test]
fn a_wording_takes_its_lead_s_place_with_queue_answer_and_what_was_arranged() {
    let lead = Command::Lead { by: jan(), question: Q2, seen: None };
    given(public([Q1, Q2, Q3]).chain([bundled(Q2, Q1), bundled(Q3, Q1), queued([Q1])]))
        .when(lead.clone())
        .then([Event::Led { by: "Jan".into(), question: Q2 }])
        .and(|state| {
            assert_eq!(state.shown(Q2).wordings, [Q1, Q3]);
            assert_eq!((state.shown(Q1).lead, state.queue()), (Some(Q2), &[Q2][..]));
        })
        .when(lead)
        .then_nothing()
        .when(undo(7))
        .then_done()
        .and(|state| assert_eq!((&*state.shown(Q1).wordings, state.queue()), (&[Q2, Q3][..], &[Q1][..])));
    let alone = Command::Lead { by: jan(), question: Q1, seen: None };
    given(public([Q1])).when(alone).refused(Refusal::NoBundle);
}

#[test]
fn a_department_gets_leads_and_its_papers_follow_a_bundle() {
    given(public([Q1, Q2]).chain([bundled(Q2, Q1)])).when(route(Q2, "Beheer")).refused(Refusal::IsBundled { into: Q1 });
    given(public([Q1, Q2]))
        .when(route(Q2, "  Beheer "))
        .then_done()
        .when(route(Q2, "Beheer"))
        .then_nothing()
        .when(write(Q2, "Feiten", Some(0)))
        .then_done()
        .when(write(Q2, "Anders", Some(0)))
        .refused(Refusal::Changed { by: "Jan".into(), act: Act::Edited })
        .when(bundle(Q2, Q1))
        .then_done()
        .and(|state| {
            let lead = state.card(Q1);
            assert_eq!(lead.routed.map(|routed| routed.department).as_deref(), Some("Beheer"));
            assert_eq!(lead.briefing.map(|paper| paper.text).as_deref(), Some("Feiten"));
        });
    given(public([Q1])).when(write(Q1, "Feiten", None)).refused(Refusal::NotFound);
}

#[test]
fn questions_that_were_parted_are_kept_so_until_that_is_undone() {
    let part = |these: &[_], those: &[_]| Command::Part { by: jan(), these: these.into(), those: those.into() };
    given([asked(Q1), asked(Q2)])
        .when(part(&[Q1], &[Q2, Q2]))
        .then([Event::Parted { by: "Jan".into(), these: vec![Q1], those: vec![Q2] }])
        .and(|state| assert_eq!(state.partings().count(), 1))
        .when(part(&[Q1], &[Q2]))
        .then_nothing()
        .when(undo(1))
        .then_done()
        .and(|state| assert_eq!(state.partings().count(), 0));
    given([asked(Q1)]).when(part(&[Q1], &[Q1])).refused(Refusal::Field { field: "those".into() });
    given([asked(Q1)]).when(part(&[Q1], &[NOWHERE])).refused(Refusal::NotFound);
    given([asked(Q1)]).when(part(&[], &[Q1])).refused(Refusal::Field { field: "these".into() });
}

#[test]
fn what_is_flagged_waits_where_moderators_look_afterwards() {
    let after = || details(|body| body.moderation = Moderation::After);
    let shout = || vec![flag(FlagKind::Shouting, 15, 17)];
    given_in(Phase::Live, after(), []).when(flagged(vec![])).and(|state| assert_eq!(state.status(NEW), Status::Shown));
    given_in(Phase::Live, after(), []).when(flagged(shout())).and(|state| {
        assert_eq!(state.status(NEW), Status::Waiting);
        assert_eq!(state.card(NEW).flags, shout());
    });
}

#[test]
fn a_mask_covers_what_was_flagged_and_can_be_undone() {
    let mask = || Command::Mask { by: jan(), question: NEW, seen: None };
    given([])
        .when(flagged(vec![flag(FlagKind::Phone, 4, 14), flag(FlagKind::Shouting, 15, 17)]))
        .when(mask())
        .then_done()
        .and(|state| {
            let card = state.card(NEW);
            assert_eq!(
                (card.card.text.as_str(), card.original.as_deref()),
                ("Bel █████ NU", Some("Bel 0612345678 NU"))
            );
            assert_eq!(card.flags, [flag(FlagKind::Shouting, 10, 12)]);
        })
        .when(mask())
        .then_nothing()
        .when(undo(1))
        .then_done()
        .and(|state| {
            assert_eq!((state.card(NEW).card.text.as_str(), state.card(NEW).flags.len()), ("Bel 0612345678 NU", 2));
        });
}

#[test]
fn the_fourth_question_within_a_minute_is_a_flood() {
    let mut scene = given([]);
    for number in 0..4 {
        // Time goes on a minute with each command; this participant asks them all at once.
        scene.now -= jiff::SignedDuration::from_mins(1);
        scene = scene.when(ask(VERA, &format!("Vraag {number}?"))).then_done();
    }
    let last = shared::QuestionId(NEW.0 + 3);
    assert_eq!(scene.state.card(last).flags.iter().map(|flag| flag.kind).collect::<Vec<_>>(), [FlagKind::Flood]);
    assert_eq!(scene.state.card(shared::QuestionId(NEW.0 + 2)).flags, []);
    scene.when(ask(VERA, "Later?")).and(|state| assert_eq!(state.card(shared::QuestionId(NEW.0 + 4)).flags, []));
}

#[test]
fn declined_as_answered_holds_an_address_that_can_be_read() {
    let decline = |question, reason| Command::Decline {
        by: jan(),
        question: Q2,
        reason,
        note: None,
        answer: Some(Elsewhere { hashtag: "#fietsfan010".into(), question }),
        seen: None,
    };
    let scene = || given(public([Q1]).chain([answered(Q1), asked(Q2)]));
    scene().when(decline(Q1, Reason::AlreadyAnswered)).then_done().and(|state| {
        let mine = state.mine_card(asker(Q2), Q2).expect("one's own");
        assert_eq!(mine.answer, Some(Elsewhere { hashtag: "fietsfan010".into(), question: Q1 }));
    });
    scene().when(decline(Q2, Reason::AlreadyAnswered)).refused(Refusal::Field { field: "answer".into() });
    scene().when(decline(Q1, Reason::OffTopic)).and(|state| {
        assert_eq!(state.mine_card(asker(Q2), Q2).expect("one's own").answer, None, "it belongs to one reason only");
    });
}

#[test]
fn labels_are_the_same_in_all_their_spellings_and_not_without_end() {
    let label = |label: &str, on| Command::Label { by: jan(), question: Q1, label: label.into(), on, seen: None };
    let scene =
        given([asked(Q1)]).when(label("Wijk  Zuid", true)).then_done().when(label("wijk zuid", true)).then_nothing();
    let mut scene = scene.when(label("WIJK ZUID", false)).then_done();
    for number in 0..8 {
        scene = scene.when(label(&number.to_string(), true)).then_done();
    }
    scene.when(label("te veel", true)).refused(Refusal::Field { field: "label".into() });
    given([asked(Q1)]).when(label(&"x".repeat(41), true)).refused(Refusal::Field { field: "label".into() });
}
