//! Questions that were posts elsewhere: heard once, followed where their authors go, and told what came
//! of them.

use conversation::{Command, Details, Event, Noted, Post, Said, Staff};
use proptest::prelude::*;
use shared::{Moderation, News, Phase, QuestionId, Refusal, Source, Status};

use crate::scene::*;

fn post(address: &str) -> Post {
    Post {
        source: Source::Mastodon,
        address: address.into(),
        link: Some(format!("https://sociaal.example/{address}")),
        author: "@vera@sociaal.example".into(),
        bot: false,
        written_at: moment("2026-05-12T13:59:00+02:00"),
        edited_at: None,
        warning: None,
        images: Vec::new(),
        thread: Some("7".into()),
    }
}

fn hear_post(post: Post, text: &str) -> Command {
    Command::Hear { post: Box::new(post), text: text.into(), name: None, noted: Noted::default() }
}

fn hear(address: &str, text: &str) -> Command {
    hear_post(post(address), text)
}

fn heard_at(minute: i8, address: &str, text: &str) -> Command {
    let at = moment("2026-05-12T14:00:00+02:00") + jiff::SignedDuration::from_mins(minute.into());
    hear_post(Post { edited_at: Some(at), ..post(address) }, text)
}

fn unhear(address: &str) -> Command {
    Command::Unhear { address: address.into() }
}

fn revise(question: QuestionId, take: bool) -> Command {
    Command::Revise { by: jan(), question, take, seen: None }
}

fn tell(question: QuestionId, on: bool) -> Command {
    Command::Tell { by: jan(), question, on: Some(on), seen: None }
}

fn telling_all() -> Details {
    details(|body| {
        body.channels.accounts = vec!["stad".into()];
        body.channels.news = News::ALL.to_vec();
    })
}

/// What is to be said, by the word in its key.
fn said(scene: &Scene) -> Vec<String> {
    scene.state.sayings().into_iter().map(|saying| saying.key).collect()
}

#[test]
fn a_post_waits_with_where_it_came_from() {
    let scene = given([]).when(hear("a", "Waarom zijn er zo weinig fietsbruggen? #FietsFan010"));
    let card = scene.state.card(NEW);
    assert_eq!((card.card.status, card.card.source), (Status::Waiting, Source::Mastodon));
    let post = card.post.expect("a post");
    assert_eq!((post.author.as_str(), post.answerable), ("@vera@sociaal.example", true));
    assert_eq!(scene.state.public_card(NEW), None);
    let shown = scene.when(approve(NEW)).state.shown(NEW);
    assert_eq!(shown.link.as_deref(), Some("https://sociaal.example/a"));
}

#[test]
fn hearing_it_again_is_nothing() {
    given([]).when(hear("a", "Waarom?  Daarom.")).when(hear("a", "Waarom? Daarom.")).then_nothing();
}

#[test]
fn a_post_comes_in_whenever_asking_has_begun() {
    let closed = Event::BoxSet { by: "Jan".into(), open: false };
    given([closed]).when(hear("a", "Waarom?")).then_done();
    for phase in [Phase::Announced, Phase::Closed, Phase::Archived] {
        given_in(phase, details(|_| {}), []).when(hear("a", "Waarom?")).refused(Refusal::BoxClosed { phase });
    }
}

#[test]
fn a_long_post_is_cut_and_one_without_words_is_none() {
    let scene = given([]).when(hear("a", &"fietsen ".repeat(300)));
    let text = scene.state.card(NEW).card.text;
    assert!(text.ends_with("fietsen…"), "{text}");
    assert!(shared::words::length(&text) <= shared::words::MAX_QUESTION);
    given([]).when(hear("a", "#FietsFan010")).refused(Refusal::OnlyHashtags);
}

#[test]
fn with_moderation_afterwards_a_program_or_a_warning_waits() {
    let after = || details(|body| body.moderation = Moderation::After);
    let heard = |post| given_in(Phase::Live, after(), []).when(hear_post(post, "Waarom?")).state.status(NEW);
    assert_eq!(heard(post("a")), Status::Shown);
    assert_eq!(heard(Post { bot: true, ..post("a") }), Status::Waiting);
    assert_eq!(heard(Post { warning: Some("politiek".into()), ..post("a") }), Status::Waiting);
}

#[test]
fn an_edit_before_anybody_decided_is_how_it_is() {
    let scene = given([]).when(hear("a", "Waarom?")).when(heard_at(1, "a", "Waarom niet?"));
    let card = scene.state.card(NEW);
    assert_eq!((card.card.text.as_str(), card.card.edited, card.original), ("Waarom niet?", false, None));
}

#[test]
fn an_edit_afterwards_waits_for_moderators() {
    let edited = || given([]).when(hear("a", "Waarom?")).when(approve(NEW)).when(heard_at(1, "a", "Koop mijn fiets"));
    let waiting = edited().state.card(NEW);
    assert_eq!(waiting.card.text, "Waarom?");
    assert_eq!(waiting.post.expect("a post").revision.as_deref(), Some("Koop mijn fiets"));
    let taken = edited().when(revise(NEW, true));
    assert_eq!(taken.state.shown(NEW).text, "Koop mijn fiets");
    let undone = {
        let step = taken.state.last_step();
        taken.when(undo(step))
    };
    assert_eq!(undone.state.shown(NEW).text, "Waarom?");
    let left = edited().when(revise(NEW, false));
    assert_eq!(left.state.shown(NEW).text, "Waarom?");
    left.when(heard_at(1, "a", "Koop mijn fiets")).then_nothing();
    edited().when(heard_at(2, "a", "Waarom?")).and(|now| assert_eq!(now.card(NEW).post.unwrap().revision, None));
}

#[test]
fn what_was_read_earlier_may_arrive_later() {
    given([]).when(heard_at(2, "a", "Nieuw")).when(heard_at(1, "a", "Oud")).then_nothing();
}

#[test]
fn a_deleted_post_leaves_queue_wall_and_stage_and_never_comes_back() {
    let scene = given([])
        .when(hear("a", "Waarom?"))
        .when(approve(NEW))
        .when(stage(NEW))
        .when(answer(NEW, "Daarom."))
        .when(unhear("a"));
    assert_eq!(scene.state.status(NEW), Status::Withdrawn);
    assert!(scene.state.public().questions.is_empty());
    assert_eq!(scene.state.public().session.on_stage, None);
    scene.when(hear("a", "Waarom?")).then_nothing().when(unhear("a")).then_nothing();
}

#[test]
fn a_delete_that_comes_first_is_remembered() {
    given([]).when(unhear("a")).when(hear("a", "Waarom?")).then_nothing();
}

#[test]
fn a_bundle_goes_on_without_a_lead_that_was_deleted() {
    let scene = given(public([Q1])).when(hear("a", "Waarom?")).when(approve(NEW)).when(bundle(Q1, NEW));
    let scene = scene.when(answer(NEW, "Daarom.")).when(unhear("a"));
    assert_eq!(scene.state.shown(Q1).answer.expect("still answered").text, "Daarom.");
}

#[test]
fn authors_hear_what_the_settings_say() {
    let scene = given_in(Phase::Live, telling_all(), public([Q1])).when(hear("a", "Waarom?"));
    assert_eq!(said(&scene), [""; 0]);
    let scene = scene.when(bundle(NEW, Q1)).when(stage(Q1)).when(answer(Q1, "Daarom."));
    assert_eq!(said(&scene), [format!("{NEW}-answered"), format!("{NEW}-bundled"), format!("{NEW}-staged")]);
    let corrected = scene.when(answer(Q1, "Omdat."));
    let answered = corrected.state.sayings().swap_remove(0);
    assert_eq!(answered.what, Said::Answered { text: "Omdat.".into(), by: "Judith".into() });
    assert_eq!(said(&corrected.when(unbundle(NEW))), [format!("{NEW}-staged")]);
}

#[test]
fn without_the_setting_a_moderator_may_tell_them_all_the_same_and_take_it_back() {
    let scene = given([]).when(hear("a", "Waarom?")).when(approve(NEW)).when(answer(NEW, "Daarom."));
    assert_eq!(said(&scene), [""; 0]);
    let told = scene.when(tell(NEW, true));
    assert_eq!(said(&told), [format!("{NEW}-answered")]);
    assert_eq!(said(&told.clone().when(tell(NEW, false))), [""; 0]);
    let step = told.state.last_step();
    assert_eq!(said(&told.when(undo(step))), [""; 0]);
}

#[test]
fn undoing_an_answer_takes_back_what_was_said_of_it() {
    let scene = given_in(Phase::Live, telling_all(), []).when(hear("a", "Waarom?")).when(approve(NEW));
    let scene = scene.when(answer(NEW, "Daarom."));
    let step = scene.state.last_step();
    assert_eq!(said(&scene.when(undo(step))), [""; 0]);
}

#[test]
fn a_setting_that_comes_later_says_nothing_about_earlier() {
    let scene = given([]).when(hear("a", "Waarom?")).when(approve(NEW)).when(answer(NEW, "Daarom."));
    let scene = scene.when(Command::ChangeDetails { by: jan(), details: telling_all() });
    assert_eq!(said(&scene), [""; 0]);
}

#[test]
fn an_announcement_can_be_undone() {
    let announce = || Command::Announce { by: jan(), text: "Over een uur beginnen we".into() };
    given([]).when(announce()).refused(Refusal::Field { field: "channels".into() });
    let scene = given_in(Phase::Open, telling_all(), []).when(announce());
    assert_eq!(said(&scene), ["announced-1"]);
    assert_eq!(said(&scene.when(undo(1))), [""; 0]);
}

#[test]
fn only_who_can_be_answered_is_told() {
    let silent = Post { thread: None, source: Source::Gateway, ..post("a") };
    let scene = given([]).when(hear_post(silent, "Waarom?"));
    scene.when(tell(NEW, true)).refused(Refusal::Field { field: "question".into() });
}

/// What becomes of one post on its network, in order: written, changed so many times, perhaps deleted.
#[derive(Debug, Clone)]
struct Life {
    edits: u8,
    deleted: bool,
}

/// What a listener brings: the post in one of the forms that it had, or that it is gone.
fn brought(post: usize, life: &Life, form: u8) -> Command {
    let address = format!("post-{post}");
    let forms = life.edits + 1 + u8::from(life.deleted);
    match form % forms {
        form if life.deleted && form == forms - 1 => unhear(&address),
        0 => hear(&address, "Versie 0"),
        form => heard_at(form.try_into().expect("few"), &address, &format!("Versie {form}")),
    }
}

proptest! {
    /// Streams, polling, restarts and several servers bring the same posts, each in whatever order and as
    /// often as they like, old forms after new ones; in the end each was heard in its last form at least
    /// once. Then each is there once, as it was last, or not at all.
    #[test]
    fn any_interleaving_ends_in_the_same_queue(
        lives in prop::collection::vec((0_u8..3, any::<bool>()).prop_map(|(edits, deleted)| Life { edits, deleted }), 1..6),
        heard in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..40),
        last in any::<prop::sample::Index>(),
    ) {
        let mut told: Vec<Command> =
            heard.iter().map(|(post, form)| { let post = post.index(lives.len()); brought(post, &lives[post], *form) }).collect();
        for (post, life) in lives.iter().enumerate() {
            let place = last.index(told.len() + 1);
            told.insert(place, brought(post, life, life.edits + u8::from(life.deleted)));
        }
        let mut scene = given([]);
        for command in told {
            scene = scene.when(command);
            // A restart: whatever the session is, it follows from its checkpoint.
            let kept = serde_json::to_string(&conversation::Checkpoint::from(scene.state.clone())).expect("written");
            scene.state = serde_json::from_str::<conversation::Checkpoint>(&kept).expect("read").into();
        }
        let mut there: Vec<(String, String)> = scene.state.moderator().questions.into_values()
            .filter(|card| card.card.status == Status::Waiting)
            .map(|card| (card.card.link.expect("a post"), card.card.text)).collect();
        there.sort();
        let expected: Vec<(String, String)> = lives.iter().enumerate().filter(|(_, life)| !life.deleted)
            .map(|(post, life)| (format!("https://sociaal.example/post-{post}"), format!("Versie {}", life.edits))).collect();
        prop_assert_eq!(there, expected);
    }
}

#[test]
fn staff_of_any_name_may_decide() {
    let els = Staff { name: "Els".into(), ..jan() };
    let scene = given([]).when(hear("a", "Waarom?")).when(approve(NEW)).when(heard_at(1, "a", "Hoezo?"));
    let revised = Command::Revise { by: els, question: NEW, take: true, seen: None };
    scene.when(revised).then([Event::Revised { by: "Els".into(), question: NEW, take: true }]);
}
