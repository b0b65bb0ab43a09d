//! Everybody at once, small enough for every day: whoever watches misses nothing, whoever votes is
//! counted, and the wall stays calm. How fast that goes on a machine is measured by `cargo xtask bench`.

use std::{net::SocketAddr, time::Duration};

use samenspraak_load::{Count, Crowd, Plan, Request, clock, perform, process, request};
use tokio::task::block_in_place;

use crate::harness::{Hall, session};

const VIEWERS: usize = 500;
const VOTERS: usize = 500;
/// How long anything may take before it counts as never.
const PATIENCE: Duration = Duration::from_secs(40);

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_screens_are_shown_everything_and_miss_nothing_over_a_power_cut() {
    let mut hall = opens().await;
    let crowd = crowd(&hall, VIEWERS);
    let count = until(&crowd, "all are in", |count| count.snapshots == VIEWERS as u64);
    assert_eq!((count.open, count.lost, count.refused), (VIEWERS, 0, 0));

    for number in 1..=8 {
        hall.citizen().await.asks(&format!("Vraag {number} voor de klap? {}", clock::stamp())).await;
    }
    let count = until(&crowd, "every frame on every screen", |count| count.stamped == 8 * VIEWERS as u64);
    assert_eq!((count.missed, count.repeated, count.unreadable, count.snapshots), (0, 0, 0, VIEWERS as u64));

    hall.server.kill().await;
    until(&crowd, "all noticed", |count| count.lost == VIEWERS as u64);
    hall.server.restart().await;
    // They come back while things go on.
    for number in 1..=8 {
        hall.citizen().await.asks(&format!("Vraag {number} na de klap?")).await;
    }
    until(&crowd, "all are back", |count| count.open == VIEWERS);
    hall.citizen().await.asks("Zijn we er allemaal nog?").await;
    let seq = hall.view().await.seq;
    let count = until(&crowd, "everybody is where the session is", |_| crowd.not_at(seq) == 0);
    assert_eq!((count.missed, count.unreadable), (0, 0), "{count:?}");
    assert_eq!(hall.view().await.questions.len(), 17);
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_votes_in_a_second_are_counted_and_the_wall_stays_calm() {
    let hall = opens().await;
    let question = hall.citizen().await.asks("Komt er een veilige fietsroute naar elke school?").await;
    let crowd = crowd(&hall, 20);
    until(&crowd, "all are in", |count| count.snapshots == 20);
    let mut votes = Vec::new();
    for number in 0..VOTERS {
        let citizen = hall.citizen().await;
        let path = format!("/api/v1/sessions/{}/questions/{question}/support", hall.hashtag());
        let bytes = request("PUT", &path, citizen.caller.key(), None);
        // Each at another moment of a second, and each over an own connection.
        let due = Duration::from_millis((number * 37 % 1_000) as u64);
        votes.push(Request { connection: number, due, bytes });
    }
    let before = hall.view().await.card(question).expect("a question").support;

    let start = clock::moment();
    let answers = block_in_place(|| perform(address(&hall), &votes, PATIENCE)).expect("answers");
    assert!(answers.iter().all(|answer| answer.as_ref().is_some_and(|answer| answer.status == 200)));
    let view = hall.view().await;
    assert_eq!(view.card(question).expect("a question").support - before, 500);
    until(&crowd, "every vote on every screen", |_| crowd.not_at(view.seq) == 0);
    let wall = crowd.wall();
    let tenths = wall.last().map_or(0, |last| last.duration_since(start).as_millis() / 100);
    assert!(wall.len() as u128 <= tenths + 2, "{} frames in {tenths} tenths of a second", wall.len());
    assert_eq!(crowd.count().missed, 0);
}

async fn opens() -> Hall {
    process::take_descriptors().expect("descriptors");
    let mut session = session("FietsFan010");
    session["moderation"] = "after".into();
    Hall::of(session).await
}

fn crowd(hall: &Hall, viewers: usize) -> Crowd {
    let plan = Plan {
        server: address(hall),
        path: format!("/api/v1/sessions/{}/live?audience=public", hall.hashtag()),
        bearer: None,
        viewers,
        within: Duration::ZERO,
        comes_back: true,
    };
    Crowd::gather(plan).expect("a crowd")
}

fn address(hall: &Hall) -> SocketAddr {
    hall.server.base().trim_start_matches("http://").parse().expect("an address")
}

fn until(crowd: &Crowd, what: &str, so: impl Fn(&Count) -> bool) -> Count {
    let (count, is_so) = block_in_place(|| crowd.wait(PATIENCE, so));
    assert!(is_so, "never happened: {what}: {count:?}");
    count
}
