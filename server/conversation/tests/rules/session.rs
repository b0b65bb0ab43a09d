//! Phases by hand and by the clock, the box, the banner, details and keys.

use conversation::{Command, Conversation, Details, Event};
use shared::{Phase, Refusal, Role, Status};

use crate::scene::*;

/// Opens at 15:00, starts at 16:00, ends at 17:00; it is 14:00.
fn planned() -> Details {
    details(|body| {
        body.opens = Some("2026-05-12T15:00".into());
        body.starts = Some("2026-05-12T16:00".into());
        body.ends = Some("2026-05-12T17:00".into());
    })
}

fn at(clock: &str) -> jiff::Timestamp {
    moment(&format!("2026-05-12T{clock}:00+02:00"))
}

fn tick(mut scene: Scene, clock: &str) -> Scene {
    scene.now = at(clock) - jiff::SignedDuration::from_mins(1);
    scene.when(Command::Tick)
}

fn clock(phase: Phase) -> Event {
    Event::PhaseMoved { by: None, phase }
}

#[test]
fn a_session_begins_announced_unless_said_otherwise() {
    let begun = |phase| {
        let created = Conversation::create(details(|_| {}), phase, vec![]);
        Conversation::begin(at("14:00"), &created).expect("created").phase()
    };
    assert_eq!((begun(None), begun(Some(Phase::Live))), (Phase::Announced, Phase::Live));
    assert!(Conversation::begin(at("14:00"), &asked(Q1)).is_none());
}

#[test]
fn the_clock_moves_the_phase_when_it_is_time() {
    let scene = given_in(Phase::Announced, planned(), []);
    assert_eq!(scene.state.next_due(), Some(at("15:00")));
    let scene = tick(scene, "14:59").then_nothing();
    let scene = tick(scene, "15:00").then([clock(Phase::Open)]);
    assert_eq!(scene.state.next_due(), Some(at("16:00")));
    let scene = tick(scene, "17:30").then([clock(Phase::Live), clock(Phase::Closed)]);
    assert_eq!((scene.state.phase(), scene.state.next_due()), (Phase::Closed, None));
    tick(scene, "18:00").then_nothing();
}

#[test]
fn the_clock_respects_what_was_done_by_hand() {
    // Early: nothing left to do at three.
    let scene = given_in(Phase::Announced, planned(), []).when(move_to(Phase::Live)).then_done();
    assert_eq!(scene.state.next_due(), Some(at("17:00")));
    // Back after the clock moved it: not moved again for the same moment.
    let scene = tick(given_in(Phase::Announced, planned(), []), "15:00").when(move_to(Phase::Announced)).then_done();
    assert_eq!(scene.state.next_due(), Some(at("16:00")));
    tick(scene, "15:30").then_nothing();
}

#[test]
fn undoing_a_move_does_not_make_the_clock_repeat_it() {
    // Moved before three and undone after it: three o'clock has passed.
    for clock in ["14:50", "15:10"] {
        let mut scene = given_in(Phase::Announced, planned(), []);
        scene.now = at(clock);
        let mut scene = scene.when(move_to(Phase::Open)).then_done();
        let step = scene.state.last_step();
        scene.now = at("15:15");
        let scene = scene.when(undo(step)).then_done().and(|state| assert_eq!(state.phase(), Phase::Announced));
        tick(scene, "15:20").then_nothing();
    }
}

#[test]
fn the_clock_takes_the_last_question_off_stage() {
    let scene = given_in(Phase::Live, planned(), public([Q1]).chain([staged(Q1)]));
    let steps = scene.state.moderator().session.steps.len();
    tick(scene, "17:00").then([clock(Phase::Closed)]).and(|state| {
        assert_eq!((state.status(Q1), state.public().session.on_stage), (Status::Shown, None));
        assert_eq!(state.moderator().session.steps.len(), steps, "the clock takes no steps");
    });
}

#[test]
fn a_phase_is_moved_either_way() {
    given([]).when(move_to(Phase::Live)).then_nothing();
    given([]).when(move_to(Phase::Announced)).then([moved(Phase::Announced)]);
    given([]).when(move_to(Phase::Archived)).then_done().when(move_to(Phase::Open)).then_done();
}

#[test]
fn the_box_is_opened_and_closed_by_hand() {
    let set = |open| Command::SetBox { by: jan(), open };
    given([])
        .when(set(true))
        .then_nothing()
        .when(set(false))
        .then([Event::BoxSet { by: "Jan".into(), open: false }])
        .and(|state| assert!(!state.public().session.box_open && state.moderator().session.box_closed_by_hand))
        .when(set(true))
        .then_done()
        .and(|state| assert!(state.public().session.box_open));
}

#[test]
fn a_banner_goes_up_and_comes_down() {
    let set = |text: Option<&str>| Command::SetBanner { by: jan(), text: text.map(str::to_owned) };
    let event = |text: Option<&str>| Event::Bannered { by: "Jan".into(), text: text.map(str::to_owned) };
    given([])
        .when(set(None))
        .then_nothing()
        .when(set(Some(" Pauze ")))
        .then([event(Some("Pauze"))])
        .and(|state| assert_eq!(state.public().session.banner.map(|banner| banner.text).as_deref(), Some("Pauze")))
        .when(set(Some("Pauze")))
        .then_nothing()
        .when(set(Some(" ")))
        .then([event(None)])
        .and(|state| assert_eq!(state.public().session.banner, None));
    given([]).when(set(Some(&"x".repeat(201)))).refused(Refusal::TooLong { length: 201, max: 200 });
}

#[test]
fn details_change_and_are_no_step() {
    let change = |details: Details| Command::ChangeDetails { by: jan(), details };
    given([]).when(change(details(|_| {}))).then_nothing();
    let spelled = details(|body| body.hashtag = "FIETSFAN010".into());
    given([]).when(change(spelled)).then_done().and(|state| {
        assert_eq!(state.listed().hashtag, "FIETSFAN010");
        assert_eq!(state.moderator().session.steps, []);
    });
}

#[test]
fn another_hashtag_or_zone_shows_on_every_card() {
    let other = details(|body| {
        body.hashtag = "fiets".into();
        body.timezone = Some("Atlantic/Azores".into());
    });
    given(public([Q1]))
        .and(|state| assert_eq!(state.shown(Q1).topics, ["fiets"]))
        .when(Command::ChangeDetails { by: jan(), details: other })
        .then_done()
        .and(|state| {
            assert_eq!(state.shown(Q1).topics, Vec::<String>::new(), "the session's own says nothing");
            assert_eq!(state.shown(Q1).asked_at.0, "2026-05-12T12:01:00+00:00");
            assert_eq!(state.public().seq, 2, "one change");
        });
}

#[test]
fn a_key_is_renewed() {
    let renew = Command::RenewKey { by: jan(), role: Role::Panel, hash: [7; 32] };
    let scene = given([]);
    assert_eq!((scene.state.key_hash(Role::Panel), scene.state.key_generation(Role::Panel)), (Some([2; 32]), 0));
    assert_eq!(scene.state.key_hash(Role::Organiser), None);
    scene.when(renew).then_done().and(|state| {
        assert_eq!((state.key_hash(Role::Panel), state.key_generation(Role::Panel)), (Some([7; 32]), 1));
        assert_eq!((state.key_hash(Role::Moderator), state.key_generation(Role::Moderator)), (Some([1; 32]), 0));
    });
    let changes = given([]).happen(&Event::KeyRenewed { by: "Jan".into(), role: Role::Panel, hash: [7; 32] });
    assert_eq!((changes.renewed, changes.public), (Some(Role::Panel), None));
}
