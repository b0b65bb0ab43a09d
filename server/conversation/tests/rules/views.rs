//! Who sees what, and what moves whose `seq`.

use conversation::{Command, Event, Noted, ParticipantId};
use shared::{Moment, Reason, Role, Status, views::Card};

use crate::scene::*;

/// The seqs of public, moderators and panel.
fn seqs(scene: &Scene) -> [u64; 3] {
    [scene.state.public().seq, scene.state.moderator().seq, scene.state.panel().seq]
}

#[track_caller]
fn moves(scene: &mut Scene, event: &Event, by: [u64; 3]) {
    let before = seqs(scene);
    let changes = scene.happen(event);
    let after = seqs(scene);
    let moved = [0, 1, 2].map(|audience| after[audience] - before[audience]);
    assert_eq!(moved, by, "{event:?}");
    let told = [changes.public.map(|p| p.seq), changes.moderator.map(|p| p.seq), changes.panel.map(|p| p.seq)];
    for audience in 0..3 {
        assert_eq!(told[audience], (by[audience] == 1).then_some(after[audience]), "{event:?}");
    }
}

#[test]
fn what_is_hidden_moves_nothing_that_everybody_sees() {
    let mut scene = given(public([Q1, Q4]).chain([staged(Q1)]));
    moves(&mut scene, &asked(Q2), [0, 1, 0]);
    moves(&mut scene, &edited(Q2, "Anders"), [0, 1, 0]);
    moves(&mut scene, &declined(Q2), [0, 1, 0]);
    moves(&mut scene, &restored(Q2), [0, 1, 0]);
    let undone = Event::Undone { by: "Els".into(), step: scene.state.last_step() };
    moves(&mut scene, &undone, [0, 1, 0]);
    moves(&mut scene, &drafted(Q1, "Ik denk"), [0, 0, 1]);
    moves(&mut scene, &drafted(Q4, "Voor straks"), [0, 0, 0]);
    moves(&mut scene, &Event::KeyRenewed { by: "Org".into(), role: Role::Panel, hash: [3; 32] }, [0, 0, 0]);
    moves(&mut scene, &asked(Q3), [0, 1, 0]);
    moves(&mut scene, &withdrawn(Q3), [0, 1, 0]);
}

#[test]
fn what_everybody_sees_moves_everybody_once() {
    let mut scene = given([asked(Q1), asked(Q2)]);
    for event in [
        shown(Q1),
        shown(Q2),
        supported(Q1, VERA),
        bundled(Q2, Q1),
        queued([Q1]),
        staged(Q1),
        answered(Q1),
        edited(Q2, "Anders"),
        declined(Q1),
    ] {
        moves(&mut scene, &event, [1, 1, 1]);
    }
}

#[test]
fn a_vote_changes_only_the_cards_it_is_about() {
    let mut scene = given(public([Q1, Q2, Q3]).chain([bundled(Q2, Q1)]));
    let changes = scene.happen(&supported(Q2, VERA));
    let patch = changes.public.expect("a patch");
    assert_eq!(patch.questions.iter().map(Card::id).collect::<Vec<_>>(), [Q1, Q2]);
    assert_eq!((patch.session, patch.gone), (None, vec![]));
    assert_eq!(changes.participants.into_iter().collect::<Vec<_>>(), [VERA]);
}

#[test]
fn a_declined_question_is_gone() {
    let mut scene = given(public([Q1]).chain([supported(Q1, VERA)]));
    let changes = scene.happen(&declined(Q1));
    let patch = changes.public.expect("a patch");
    assert_eq!((patch.gone, patch.questions), (vec![Q1], vec![]));
    assert_eq!(changes.participants, [asker(Q1), VERA].into());
}

#[test]
fn an_asker_hears_of_the_place_in_the_queue() {
    let mut scene = given(public([Q1, Q2, Q3]).chain([queued([Q1, Q2]), bundled(Q3, Q2)]));
    let changes = scene.happen(&staged(Q1));
    assert_eq!(changes.participants, [asker(Q1), asker(Q2), asker(Q3)].into());
    assert_eq!(scene.state.mine(asker(Q3)).questions[0].place, Some(1), "of its lead");
}

#[test]
fn ones_own_part_is_newest_first_and_nobody_elses() {
    let second = Event::Asked {
        by: asker(Q1),
        question: Q2,
        text: "En nog iets?".into(),
        name: None,
        shown: false,
        noted: Noted::default(),
    };
    given(public([Q1]).chain([second, asked(Q3)])).and(|state| {
        let ids: Vec<_> = state.mine(asker(Q1)).questions.iter().map(|card| card.id).collect();
        assert_eq!(ids, [Q2, Q1]);
        assert_eq!(state.mine_card(asker(Q1), Q3), None);
        assert_eq!(state.mine(ParticipantId(7)), shared::views::Mine::default());
    });
}

#[test]
fn a_bundled_question_tells_its_asker_about_its_lead() {
    given(public([Q1, Q2]).chain([bundled(Q2, Q1), staged(Q1)])).and(|state| {
        let card = &state.mine(asker(Q2)).questions[0];
        assert_eq!((card.status, card.lead, card.lead_text.clone()), (Status::OnStage, Some(Q1), Some(text_of(Q1))));
    });
}

#[test]
fn a_status_is_told_to_whom_it_concerns() {
    let (others, nobody) = (Some(VERA), None);
    given([asked(Q1), asked(Q2), declined(Q2)]).and(|state| {
        assert_eq!(state.status_for(Some(asker(Q1)), Q1), Some((Status::Waiting, None)));
        assert_eq!(state.status_for(Some(asker(Q2)), Q2), Some((Status::Declined, Some(Reason::OffTopic))));
        for who in [others, nobody] {
            assert_eq!((state.status_for(who, Q1), state.status_for(who, Q2)), (None, None));
        }
    });
    given(public([Q1, Q2, Q3]).chain([declined(Q2), withdrawn(Q3)])).and(|state| {
        assert_eq!(state.status_for(nobody, Q1), Some((Status::Shown, None)));
        assert_eq!(state.status_for(others, Q2), Some((Status::Declined, Some(Reason::OffTopic))));
        assert_eq!(state.status_for(others, Q3), Some((Status::Withdrawn, None)));
        assert_eq!(state.status_for(others, NOWHERE), None);
    });
    let hall = given([]).when(enter("En op Zuid?")).when(undo(1));
    assert_eq!(hall.state.status_for(nobody, NEW), Some((Status::Withdrawn, None)), "it was seen");
}

#[test]
fn the_sessions_own_hashtag_is_no_topic() {
    given([]).when(ask(VERA, "Hoe zit dat? #FIETSFAN010 #Zuid")).when(approve(NEW)).then_done().and(|state| {
        assert_eq!(state.shown(NEW).topics, ["Zuid"]);
    });
}

#[test]
fn moments_are_on_the_sessions_clock() {
    given([]).and(|state| {
        let winter = moment("2026-01-01T00:00:00.9Z");
        assert_eq!(state.moment(winter), Moment("2026-01-01T01:00:00+01:00".into()));
    });
    let state =
        given_in(shared::Phase::Live, details(|body| body.timezone = Some("America/Paramaribo".into())), []).state;
    assert_eq!(state.moment(moment("2026-05-12T12:00:00Z")), Moment("2026-05-12T09:00:00-03:00".into()));
}

#[test]
fn the_list_tells_what_everybody_may_know() {
    let listed = given(public([Q1]).chain([asked(Q2)])).state.listed();
    assert_eq!((listed.hashtag.as_str(), listed.counts.asked, listed.aldermen.len()), ("FietsFan010", 1, 2));
}

#[test]
fn records_keep_their_names() {
    let lines: Vec<String> = [
        asked(Q1),
        Event::KeyRenewed { by: "Org".into(), role: Role::Panel, hash: [0xab; 32] },
        Event::PhaseMoved { by: None, phase: shared::Phase::Live },
    ]
    .iter()
    .map(|event| serde_json::to_string(event).expect("JSON"))
    .collect();
    let hash = "ab".repeat(32);
    assert_eq!(
        lines,
        [
            r#"{"event":"asked","by":"00000000000000000000000000000001","question":"0000000000001","text":"Vraag nummer 1 #fiets","name":null,"shown":false}"#.to_owned(),
            format!(r#"{{"event":"keyRenewed","by":"Org","role":"panel","hash":"{hash}"}}"#),
            r#"{"event":"phaseMoved","by":null,"phase":"live"}"#.to_owned(),
        ]
    );
}

#[test]
fn a_command_for_what_is_so_already_names_its_question() {
    let decision = given(public([Q1]).chain([supported(Q1, VERA)]))
        .when(support(Q1, VERA))
        .outcome
        .expect("a command")
        .expect("done");
    assert_eq!((decision.events, decision.about), (vec![], Some(Q1)));
    let decision = given([]).when(Command::Tick).outcome.expect("a command").expect("done");
    assert_eq!((decision.events, decision.about), (vec![], None));
}
