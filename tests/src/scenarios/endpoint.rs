//! An embeddings endpoint beside the table: it helps while it answers well, and nothing waits for it while it does not.

use shared::{Method, QuestionId};

use crate::harness::{Embeddings, Hall, Manner, ModeratorScreen, Terms, eventually, session};

/// Two ways to ask the same in which no word tells so; and two that the table finds.
const SWIM: &str = "Hoe lang is het zwembad nog dicht?";
const LAPS: &str = "Kunnen wij daar straks baantjes trekken?";
const STALLING: &str = "Waarom is de fietsenstalling bij Rotterdam Centraal altijd vol?";
const THE_SAME: &str = "waarom is de fietsenstalling bij rotterdam centraal 's ochtends altijd vol";

const KEY: &str = "sk-geheim-van-de-proef";

async fn hall(embeddings: &Embeddings) -> Hall {
    let terms = Terms {
        arguments: vec!["--embeddings-url".into(), embeddings.url()],
        environment: vec![("SAMENSPRAAK_EMBEDDINGS_KEY", KEY.into())],
        ..Terms::default()
    };
    Hall::on(terms, session("FietsFan010")).await
}

fn names(desk: &ModeratorScreen, asked: QuestionId, near: QuestionId) -> bool {
    desk.alike.get(&asked).is_some_and(|alike| alike.near.iter().any(|known| known.question == near))
}

#[tokio::test]
async fn what_only_the_endpoint_knows_to_be_the_same_is_named_and_neither_key_nor_words_are_logged() {
    let embeddings = Embeddings::start(&[("zwembad", 1), ("baantjes", 1)]).await;
    let hall = hall(&embeddings).await;
    let mut desk = hall.moderator.screen().await;
    desk.until("the endpoint helps", |desk| desk.method == Some(Method::Endpoint)).await;
    let shown = hall.shown(SWIM).await;
    let asked = hall.citizen().await.asks(LAPS).await;
    desk.until("the near question", |desk| names(desk, asked, shown)).await;
    assert_eq!(hall.moderator.proposals().await.method, Method::Endpoint);
    let typed = hall.stranger.get("/sessions/FietsFan010/near?text=hoe%20druk%20is%20het%20op%20de%20coolsingel").await;
    typed.is(200);
    assert!(embeddings.texts().iter().all(|text| [SWIM, LAPS].contains(&text.as_str())), "what is typed stays here");
    let bearer = format!("Bearer {KEY}");
    assert!(embeddings.keys().iter().all(|key| key.as_deref() == Some(bearer.as_str())));
    let log = hall.server.log();
    for secret in [KEY, "baantjes", &embeddings.url()] {
        assert!(!log.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn an_answer_of_an_earlier_session_is_found_by_its_vector() {
    let embeddings = Embeddings::start(&[("zwembad", 1), ("baantjes", 1)]).await;
    let hall = hall(&embeddings).await;
    let earlier = hall.shown(SWIM).await;
    hall.panel.answers(earlier, "In mei.").await;
    let made = hall.organiser.makes(session("FietsFan011")).await;
    let moderator = crate::harness::Moderator::with_key(&hall.stranger, &made.hashtag, &made.keys.moderator);
    let citizen = crate::harness::Citizen::arrives(&hall.stranger, &made.hashtag).await;
    // The first question asks for the answers, and so for their vectors; those who come later have them.
    citizen.asks(STALLING).await;
    eventually("the answered question's vector", async || {
        (embeddings.texts().iter().filter(|text| *text == SWIM).count() >= 2).then_some(())
    })
    .await;
    let mut desk = moderator.screen().await;
    let asked = citizen.asks(LAPS).await;
    desk.until("an answer of the earlier session", |desk| {
        let near = desk.alike.get(&asked).and_then(|alike| alike.near.first()).cloned();
        near.and_then(|near| near.elsewhere).is_some_and(|there| there.answer == "In mei.")
    })
    .await;
}

#[tokio::test]
async fn while_it_is_away_or_lies_the_table_answers_the_desk_is_told_and_it_is_back_by_itself() {
    let embeddings = Embeddings::start(&[]).await;
    let hall = hall(&embeddings).await;
    let shown = hall.shown(STALLING).await;
    let mut desk = hall.moderator.screen().await;
    for manner in [
        Manner::Fails,
        Manner::Redirects,
        Manner::Page,
        Manner::OtherDimensions,
        Manner::NoNumbers,
        Manner::Nothing,
        Manner::TooFew,
        Manner::Endless,
        Manner::Hangs,
    ] {
        desk.until("the endpoint helps", |desk| desk.method == Some(Method::Endpoint)).await;
        embeddings.answers(manner);
        let missed = [format!("{THE_SAME} {manner:?}"), format!("Wie snoeit de linden op de dijk? {manner:?}")];
        let asked = hall.citizen().await.asks(&missed[0]).await;
        desk.until("the near question, by the table", |desk| names(desk, asked, shown)).await;
        desk.until("the table answers", |desk| desk.method == Some(Method::Table)).await;
        hall.citizen().await.asks(&missed[1]).await;
        embeddings.answers(Manner::Well);
        desk.until("the endpoint helps again", |desk| desk.method == Some(Method::Endpoint)).await;
        eventually("what it missed is asked for", async || {
            missed.iter().all(|text| embeddings.answered(text)).then_some(())
        })
        .await;
    }
}

#[tokio::test]
async fn one_that_says_the_same_of_everything_is_never_believed() {
    let embeddings = Embeddings::start(&[]).await;
    embeddings.answers(Manner::AllTheSame);
    let hall = hall(&embeddings).await;
    let shown = hall.shown(STALLING).await;
    let mut desk = hall.moderator.screen().await;
    eventually("it was tried again", async || (embeddings.keys().len() >= 2 * 3).then_some(())).await;
    let asked = hall.citizen().await.asks(THE_SAME).await;
    desk.until("the near question, by the table", |desk| names(desk, asked, shown)).await;
    assert_eq!((desk.method, embeddings.texts().len()), (Some(Method::Table), 0));
}

#[tokio::test]
async fn a_text_that_it_refuses_does_not_keep_it_from_the_others() {
    let embeddings = Embeddings::start(&[("zwembad", 1), ("baantjes", 1)]).await;
    embeddings.refuses("Centraal");
    let hall = hall(&embeddings).await;
    hall.shown(STALLING).await;
    let shown = hall.shown(SWIM).await;
    let mut desk = hall.moderator.screen().await;
    let asked = hall.citizen().await.asks(LAPS).await;
    desk.until("the near question", |desk| names(desk, asked, shown)).await;
    assert_eq!(desk.method, Some(Method::Endpoint));
    let times = embeddings.texts().iter().filter(|text| *text == STALLING).count();
    assert!((1..=2).contains(&times), "it is not asked again and again: {times}");
}
