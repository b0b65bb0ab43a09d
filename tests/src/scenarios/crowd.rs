//! A full hall at the same moment: nothing that was confirmed is lost, not even in a power cut.

use std::{sync::Arc, time::Instant};

use futures_util::future::join_all;
use shared::QuestionId;
use tokio::sync::Barrier;

use crate::harness::{Citizen, Hall};

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_people_supporting_at_once_count_five_hundred() {
    let mut hall = Hall::opens().await;
    let question = hall.shown("Een veilige fietsroute naar elke school?").await;
    let people = people(&hall, 500).await;

    let counts = at_once(people, async move |citizen| citizen.supports(question).await).await;
    assert_eq!(counts.iter().max(), Some(&500));
    let before = hall.view().await;
    assert_eq!(before.card(question).expect("a public question").support, 500);

    hall.server.kill().await;
    hall.server.restart().await;
    assert_eq!(hall.view().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_questions_at_once_are_a_hundred_questions() {
    let mut hall = Hall::opens().await;
    let people = people(&hall, 100).await;
    let words: Vec<String> = (1..=100).map(|n| format!("Vraag nummer {n} over fietsen?")).collect();
    let asked =
        at_once(people.into_iter().zip(words.clone()).collect(), async |(citizen, text)| citizen.asks(&text).await)
            .await;

    let stored = async |hall: &Hall| {
        let view = hall.moderator.view().await;
        let mut found: Vec<(QuestionId, String)> =
            view.questions.values().map(|card| (card.card.id, card.card.text.clone())).collect();
        found.sort();
        (view.seq, found)
    };
    let mut expected: Vec<(QuestionId, String)> = asked.into_iter().zip(words).collect();
    expected.sort();
    let (seq, found) = stored(&hall).await;
    assert_eq!(found, expected);

    hall.server.kill().await;
    hall.server.restart().await;
    assert_eq!(stored(&hall).await, (seq, expected));
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "frames are counted against the time that went by, however long")]
async fn votes_one_after_another_make_ten_frames_a_second_at_most() {
    let hall = Hall::opens().await;
    let question = hall.shown("Mag de stoplichtknop weg bij regen?").await;
    let people = people(&hall, 150).await;
    let mut wall = hall.wall().await;

    let start = Instant::now();
    for citizen in &people {
        citizen.supports(question).await;
    }
    wall.until("every vote", |wall| wall.card(question).is_some_and(|card| card.support == 150)).await;
    let tenths = start.elapsed().as_millis() / 100;
    assert!(wall.patches as u128 <= tenths + 2, "{} frames in {tenths} tenths of a second", wall.patches);
    assert_eq!(wall.view(), &hall.view().await);
    assert_eq!(wall.snapshots, 1);
}

async fn people(hall: &Hall, number: usize) -> Vec<Citizen> {
    join_all((0..number).map(|_| hall.citizen())).await
}

/// Lets everybody act at the same moment, each in a task of their own.
async fn at_once<P, T>(people: Vec<P>, act: impl AsyncFn(P) -> T + Clone + 'static) -> Vec<T> {
    let start = Arc::new(Barrier::new(people.len()));
    join_all(people.into_iter().map(|person| {
        let (start, act) = (Arc::clone(&start), act.clone());
        async move {
            start.wait().await;
            act(person).await
        }
    }))
    .await
}
