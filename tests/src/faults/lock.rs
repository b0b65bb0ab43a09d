//! A database that another program holds: everybody waits for a bounded time, and all together.

use std::time::Duration;

use rusqlite::Connection;
use tokio::{task::JoinSet, time::sleep};

use super::{elapsed, now};
use crate::harness::{Citizen, Hall, session};

/// How long the server asks a locked database; `busy_timeout` in the journal.
const BUSY: Duration = Duration::from_secs(5);

/// Holds the database as a careless program would.
fn holds(hall: &Hall) -> Connection {
    let store = Connection::open(hall.server.database()).expect("the database");
    store.busy_timeout(BUSY).expect("a time-out");
    store.execute_batch("BEGIN EXCLUSIVE").expect("the lock");
    store
}

#[tokio::test]
async fn who_asks_while_the_database_is_locked_waits_until_it_is_released() {
    let hall = Hall::opens().await;
    let citizen = hall.citizen().await;
    let store = holds(&hall);
    let asking = tokio::spawn({
        let citizen = citizen.clone();
        async move { citizen.tries_to_ask("Mag ik even?").await }
    });
    // Long enough to be waiting, whatever the machine is doing.
    sleep(Duration::from_millis(300)).await;
    assert!(!asking.is_finished(), "nothing is confirmed that is not kept");
    assert!(hall.moderator.view().await.questions.is_empty(), "reading goes on");
    store.execute_batch("COMMIT").expect("the end of the lock");
    asking.await.expect("an answer").is(201);
    assert_eq!(hall.moderator.view().await.questions.len(), 1);
}

#[tokio::test]
async fn when_it_stays_locked_all_sessions_are_told_after_the_same_short_time() {
    let hall = Hall::opens().await;
    let mut citizens = vec![hall.citizen().await];
    for n in 0..9 {
        let made = hall.organiser.makes(session(&format!("Sessie{n}"))).await;
        citizens.push(Citizen::arrives(&hall.stranger, &made.hashtag).await);
    }
    let store = holds(&hall);
    let began = now();
    let mut crowd = JoinSet::new();
    for citizen in citizens.clone() {
        crowd.spawn(async move { citizen.tries_to_ask("Hoor ik nog wat?").await.status });
    }
    assert_eq!(crowd.join_all().await, [503; 10]);
    // The first to come waits by themselves, everybody else together.
    let waited = elapsed(began);
    assert!(waited < 3 * BUSY, "ten sessions waited for {waited:?}");

    store.execute_batch("COMMIT").expect("the end of the lock");
    for citizen in citizens {
        citizen.asks("Hoor ik nog wat?").await;
    }
}
