//! The live socket: nothing missed, nothing twice, and nothing but commands from the other side.

use shared::{
    Audience, QuestionId, Reason, Status,
    frames::{COME_BACK, MAX_FRAME, POLICY, SocketCommand},
};

use crate::harness::{Hall, Live, ModeratorScreen, PanelScreen, PublicScreen, Terms, eventually, session};

#[tokio::test]
async fn a_screen_gets_a_snapshot_first_and_then_every_change() {
    let hall = Hall::opens().await;
    let early = hall.shown("Was ik er al?").await;
    let mut wall = hall.wall().await;
    assert!(wall.raw[0].starts_with(r#"{"type":"snapshot","seq":"#), "{}", wall.raw[0]);
    assert_eq!(wall.view(), &hall.view().await);

    let late = hall.shown("Kom ik erbij?").await;
    hall.citizen().await.supports(early).await;
    hall.moderator.stages(early).await;
    hall.panel.answers(early, "Ja.").await;
    wall.until("the answer", |wall| wall.card(early).is_some_and(|card| card.answer.is_some())).await;
    assert!(wall.card(late).is_some());
    assert_eq!((wall.snapshots, wall.view()), (1, &hall.view().await));
    assert!(wall.raw[1..].iter().all(|frame| frame.starts_with(r#"{"type":"patch""#)));
}

#[tokio::test]
async fn every_audience_s_screen_equals_its_view() {
    let hall = Hall::opens().await;
    let (mut wall, mut desk, mut tablet) =
        (hall.wall().await, hall.moderator.screen().await, hall.panel.screen().await);
    let asker = hall.citizen().await;
    let (a, b) = (hall.shown("Vraag a?").await, hall.shown("Vraag b?").await);
    let hidden = asker.asks("Vraag in de bak?").await;
    hall.moderator.bundles(b, a).await;
    hall.moderator.queues(&[a]).await;
    hall.moderator.stages(a).await;
    hall.panel.drafts(a, "Een begin").await;
    hall.moderator.declines(hidden, Reason::OffTopic, None).await;
    hall.moderator.puts_up(Some("Tot zo.")).await.is(200);

    let (public, moderation, panel) = (hall.view().await, hall.moderator.view().await, hall.panel.view().await);
    wall.until("the banner", |wall| wall.view().seq == public.seq).await;
    desk.until("the banner", |desk| desk.view().seq == moderation.seq).await;
    tablet.until("the banner", |tablet| tablet.view().seq == panel.seq).await;
    assert_eq!(wall.view(), &public);
    assert_eq!(desk.view(), &moderation);
    assert_eq!(tablet.view(), &panel);
}

#[tokio::test]
async fn what_is_hidden_makes_no_frame() {
    let hall = Hall::opens().await;
    let (mut wall, mut tablet) = (hall.wall().await, hall.panel.screen().await);
    let asker = hall.citizen().await;
    for n in 0..5 {
        let question = asker.asks(&format!("Verborgen vraag {n}?")).await;
        hall.moderator.edits(question, &format!("Verborgen vraag {n}, beter?")).await;
        hall.moderator.declines(question, Reason::OffTopic, None).await;
        hall.moderator.restores(question).await;
        asker.withdraws(question).await;
    }
    let question = hall.shown("De eerste zichtbare vraag?").await;
    wall.until("the question", |wall| wall.card(question).is_some()).await;
    tablet.until("the question", |tablet| tablet.card(question).is_some()).await;
    assert_eq!(wall.patches, 1, "{:?}", wall.raw);
    assert_eq!(tablet.patches, 1, "{:?}", tablet.raw);
}

#[tokio::test]
async fn who_was_away_gets_only_what_was_missed() {
    let hall = Hall::opens().await;
    let mut wall = hall.wall().await;
    hall.shown("Gezien voor het wegvallen?").await;
    wall.until("the question", |wall| wall.view().questions.len() == 1).await;
    let mut away = vec![];
    for n in 0..3 {
        away.push(hall.shown(&format!("Gemiste vraag {n}?")).await);
    }
    wall.comes_back().await;
    wall.until("what was missed", |wall| away.iter().all(|id| wall.card(*id).is_some())).await;
    assert_eq!(wall.snapshots, 1, "no second snapshot");
    assert_eq!(wall.view(), &hall.view().await);

    wall.comes_back().await;
    let question = hall.shown("Na niets gemist te hebben?").await;
    wall.until("the next change", |wall| wall.card(question).is_some()).await;
    assert_eq!(wall.snapshots, 1, "nothing was missed, nothing is sent");
}

#[tokio::test]
async fn an_after_from_the_future_gets_a_snapshot() {
    let hall = Hall::opens().await;
    hall.shown("Wat is er?").await;
    let screen = PublicScreen::opens(hall.live().after(1_000_000)).await;
    assert_eq!(screen.view(), &hall.view().await);
}

#[tokio::test]
async fn a_participant_asks_and_supports_over_the_socket_and_follows_their_own() {
    let hall = Hall::opens().await;
    let shown = hall.shown("Wie steunt mij?").await;
    let citizen = hall.citizen().await;
    let mut page = citizen.screen().await;
    page.until("their own part", |page| page.mine.is_some()).await;

    page.says(&SocketCommand::Ask { reference: Some("1".into()), text: "Over de draad?".into(), name: None }).await;
    page.says(&SocketCommand::Support { reference: Some("2".into()), question: shown, on: true }).await;
    page.until("both done", |page| page.done.len() == 2).await;
    assert_eq!(page.done, [Some("1".to_owned()), Some("2".to_owned())]);
    page.until("the question among their own", |page| page.mine.as_ref().is_some_and(|mine| mine.questions.len() == 1))
        .await;
    page.until("the support", |page| page.card(shown).is_some_and(|card| card.support == 1)).await;
    let own = citizen.mine().await.questions.remove(0).id;
    hall.moderator.declines(own, Reason::AlreadyAnswered, None).await;
    let declined = |page: &PublicScreen| {
        page.mine.as_ref().is_some_and(|mine| mine.questions.iter().any(|card| card.status == Status::Declined))
    };
    page.until("why it was declined", declined).await;

    page.says(&SocketCommand::Ask { reference: None, text: " ".into(), name: None }).await;
    page.until("a refusal", |page| !page.problems.is_empty()).await;
    assert_eq!(page.problems[0].refusal, shared::Refusal::Empty);
    page.says(&SocketCommand::Support { reference: None, question: shown, on: false }).await;
    page.until("the socket lives on", |page| page.done.len() == 3).await;
}

#[tokio::test]
async fn a_screen_of_nobody_can_do_nothing() {
    let hall = Hall::opens().await;
    let shown = hall.shown("Steun van niemand?").await;
    let mut wall = hall.wall().await;
    wall.says(&SocketCommand::Support { reference: None, question: shown, on: true }).await;
    wall.until("a refusal", |wall| !wall.problems.is_empty()).await;
    assert_eq!(wall.problems[0].refusal, shared::Refusal::Unauthorized);
    assert!(wall.mine.is_none() && wall.presence.is_none());
}

#[tokio::test]
async fn a_hidden_question_is_unknown_on_the_socket_too() {
    let hall = Hall::opens().await;
    let waiting = hall.citizen().await.asks("Verborgen?").await;
    let unknown: QuestionId = "0123456789abc".parse().expect("an id");
    let mut page = hall.citizen().await.screen().await;
    for question in [waiting, unknown] {
        page.says(&SocketCommand::Support { reference: None, question, on: true }).await;
    }
    page.until("two refusals", |page| page.problems.len() == 2).await;
    assert_eq!(page.problems[0], page.problems[1]);
    assert_eq!(page.problems[0].status, 404);
}

#[tokio::test]
async fn a_frame_that_is_no_command_gets_a_problem_and_the_end() {
    let hall = Hall::opens().await;
    for garbage in [
        "",
        "hello",
        "{}",
        "[]",
        r#"{"type":"approve"}"#,
        r#"{"type":"ask"}"#,
        r#"{"type":"support","question":"1","on":true}"#,
        "\u{0}",
    ] {
        let mut page = hall.citizen().await.screen().await;
        page.sends(garbage.to_owned()).await;
        let ending = page.ends().await;
        assert_eq!((page.problems.len(), ending.code), (1, Some(POLICY)), "{garbage:?}");
        assert!(!ending.reason.is_empty(), "{garbage:?}");
    }
    let mut page = hall.citizen().await.screen().await;
    page.sends_bytes(vec![0xff; 64]).await;
    let ending = page.ends().await;
    assert!(page.problems.len() == 1 && ending.code.is_some() && !ending.reason.is_empty(), "{ending:?}");
}

#[tokio::test]
async fn a_frame_that_is_too_large_gets_a_problem_and_the_end() {
    let hall = Hall::opens().await;
    for size in [MAX_FRAME + 1, 4 * MAX_FRAME, 1_000_000] {
        let mut page = hall.citizen().await.screen().await;
        let text = format!(r#"{{"type":"ask","text":"{}"}}"#, "x".repeat(size));
        // The server may hang up before all of it was sent.
        page.tries_to_send(text).await;
        let ending = page.ends().await;
        assert!(ending.code.is_some() && !ending.reason.is_empty(), "{size}: {ending:?}");
        assert_eq!(page.problems.first().map(|problem| problem.status), Some(413), "{size}");
    }
    assert!(hall.moderator.view().await.questions.is_empty());
}

#[tokio::test]
async fn too_many_frames_get_a_problem_and_the_end() {
    let hall = Hall::on(Terms { limits: true, ..Terms::default() }, session("FietsFan010")).await;
    let shown = hall.shown("Hoe vaak kunt u klikken?").await;
    let mut page = hall.citizen().await.screen().await;
    let command = serde_json::to_string(&SocketCommand::Support { reference: None, question: shown, on: true })
        .expect("a command");
    for _ in 0..500 {
        if !page.tries_to_send(command.clone()).await {
            break;
        }
    }
    let ending = page.ends().await;
    assert!(ending.code.is_some() && !ending.reason.is_empty(), "{ending:?}");
    assert_eq!(page.problems.last().map(|problem| problem.status), Some(429));
    // What was said before the end is done all the same, a moment later.
    let support = async || hall.view().await.card(shown).expect("a public question").support;
    eventually("their one support counts", async || (support().await == 1).then_some(())).await;
}

#[tokio::test]
async fn a_socket_opens_for_those_it_is_for() {
    let hall = Hall::opens().await;
    let other = hall.organiser.makes(session("GroenZuid")).await;
    let base = hall.server.base();
    let live = |hashtag: &str, audience: Audience, key: Option<&str>| Live::new(&base, hashtag, audience, key);
    let keys = &hall.made.keys;
    for (audience, right, wrong) in
        [(Audience::Moderator, &keys.moderator, &keys.panel), (Audience::Panel, &keys.panel, &keys.moderator)]
    {
        assert_eq!(live("FietsFan010", audience, None).refused().await, 401);
        assert_eq!(live("FietsFan010", audience, Some("no key of ours")).refused().await, 401);
        assert_eq!(live("FietsFan010", audience, Some(wrong)).refused().await, 403);
        assert_eq!(live("GroenZuid", audience, Some(right)).refused().await, 403);
    }
    assert_eq!(live("FietsFan010", Audience::Moderator, Some(&other.keys.moderator)).refused().await, 403);
    assert_eq!(live("Onbekend", Audience::Public, None).refused().await, 404);
    ModeratorScreen::opens(live("fietsfan010", Audience::Moderator, Some(&keys.moderator))).await;
    PanelScreen::opens(live("FIETSFAN010", Audience::Panel, Some(&keys.panel))).await;
}

#[tokio::test]
async fn a_socket_from_another_site_is_refused() {
    let hall = Hall::opens().await;
    for origin in ["https://evil.example", "null", "http://127.0.0.1:1"] {
        assert_eq!(hall.live().with_origin(origin).refused().await, 403, "{origin}");
        assert_eq!(hall.moderator.live().with_origin(origin).refused().await, 403, "{origin}");
    }
    PublicScreen::opens(hall.live().with_origin(&hall.server.base())).await;
}

#[tokio::test]
async fn a_stopping_server_asks_its_screens_to_come_back() {
    let mut hall = Hall::opens().await;
    let (mut wall, mut desk) = (hall.wall().await, hall.moderator.screen().await);
    let (status, wall_end, desk_end) = tokio::join!(hall.server.stop(), wall.ends(), desk.ends());
    assert!(status.success(), "{status}");
    assert_eq!((wall_end.code, desk_end.code), (Some(COME_BACK), Some(COME_BACK)));
}
