//! A clock that jumps an hour ahead and an hour back: order and numbers stay, nothing happens twice,
//! and everybody stays who they are.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use serde_json::json;
use shared::{Phase, QuestionId, views::PublicView};
use tokio::task::JoinSet;

use super::shim::Faults;
use crate::{
    crash::store,
    harness::{Citizen, Hall, eventually, session},
};

const HOUR: i64 = 3_600;

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumps_changes_no_order_and_nothing_twice() {
    let faults = Faults::none();
    let mut hall = Hall::on(faults.terms(), session("FietsFan010")).await;
    let asked = hall.shown("Hoe laat is het bij de server?").await;
    let now = Timestamp::from_millisecond(hall.moderator.card(asked).await.card.asked_at.millis()).expect("a time");
    let in_half_an_hour = now.checked_add(SignedDuration::from_mins(30)).expect("a time").to_string();
    for (hashtag, phase, field) in [("Straks", "announced", "opens"), ("Tot", "live", "ends")] {
        let mut body = session(hashtag);
        body["phase"] = json!(phase);
        body[field] = json!(in_half_an_hour);
        hall.organiser.makes(body).await;
    }
    assert_eq!(phases(&hall).await, (Phase::Announced, Phase::Live));
    let visitor = hall.visitor("nl");
    let link = hall.made.links.moderator.strip_prefix(&hall.server.base()).expect("a link to this server").to_owned();
    visitor.opens(&link).await.is(303);
    let mut wall = hall.wall().await;

    let stop = Arc::<AtomicBool>::default();
    let mut load = JoinSet::new();
    for who in 0..3 {
        load.spawn(asks_and_supports(hall.citizen().await, who, asked, Arc::clone(&stop)));
    }
    for (ahead, expected) in [
        (HOUR, (Phase::Open, Phase::Closed)),
        (-HOUR, (Phase::Open, Phase::Closed)),
        (HOUR, (Phase::Open, Phase::Closed)),
        (0, (Phase::Open, Phase::Closed)),
    ] {
        faults.clock_is_ahead_by(ahead);
        eventually("the schedule is kept", async || (phases(&hall).await == expected).then_some(())).await;
        // Everybody is still who they were.
        let text = format!("Gevraagd met de klok op {ahead}?");
        hall.moderator.approves(hall.citizen().await.asks(&text).await).await;
        hall.panel.view().await;
        visitor.page("/FietsFan010/moderate").await;
    }
    stop.store(true, Ordering::Relaxed);
    let confirmed: usize = load.join_all().await.iter().sum();
    let (public, desk) = (hall.view().await, hall.moderator.view().await);
    assert_eq!(desk.questions.len(), confirmed + 5, "each confirmed question is there once");
    assert_eq!(public.card(asked).expect("it is shown").support, 3);
    wall.until("all of it", |wall| wall.view().seq == public.seq).await;
    assert_eq!((wall.view(), wall.snapshots), (&public, 1), "no screen had to start again");

    faults.clock_is_ahead_by(-HOUR);
    hall.server.kill().await;
    store::check(&hall.server.database());
    history_goes_forward(&hall);
    hall.server.restart().await;
    assert_eq!(hall.view().await, public);
    hall.citizen().await.asks("Gevraagd na de herstart?").await;
    assert_eq!(phases(&hall).await, (Phase::Open, Phase::Closed));
    history_goes_forward(&hall);
}

/// Of the session that opens by itself, and of the one that closes.
async fn phases(hall: &Hall) -> (Phase, Phase) {
    let of = async |path: &str| hall.stranger.get(path).await.is(200).read::<PublicView>().session.phase;
    (of("/sessions/Straks").await, of("/sessions/Tot").await)
}

/// Asks until told to stop, and supports now and then; says how many questions were confirmed.
async fn asks_and_supports(citizen: Citizen, who: usize, shown: QuestionId, stop: Arc<AtomicBool>) -> usize {
    let mut confirmed = 0;
    while !stop.load(Ordering::Relaxed) {
        citizen.asks(&format!("Vraag {confirmed} van {who} in een vreemde tijd?")).await;
        citizen.supports(shown).await;
        confirmed += 1;
    }
    confirmed
}

/// In the database no record is older than the one before it, and each scheduled move happened once.
fn history_goes_forward(hall: &Hall) {
    let store = Connection::open(hall.server.database()).expect("the database");
    let mut query = store.prepare("SELECT session, at, events FROM records ORDER BY session, number").expect("records");
    let mut rows = query.query([]).expect("records");
    let mut last: Option<(String, Timestamp)> = None;
    let mut moves = 0;
    while let Some(row) = rows.next().expect("readable records") {
        let (session, at, events): (String, String, String) =
            (row.get(0).expect("text"), row.get(1).expect("text"), row.get(2).expect("text"));
        let at: Timestamp = at.parse().expect("a time");
        if let Some((before, earlier)) = &last
            && *before == session
        {
            assert!(at >= *earlier, "{session}: {at} after {earlier}");
        }
        moves += events.matches("phaseMoved").count();
        last = Some((session, at));
    }
    assert_eq!(moves, 2, "one session opened, one closed");
}
