//! A start reads what happened since the session's last standing, not all that ever happened.

use rusqlite::{Connection, params};
use shared::QuestionId;

use super::database;
use crate::harness::{Hall, eventually};

/// More records than a start should read.
const MANY: u64 = 10_500;

/// Votes that come and go, as so many commands would have left them.
fn vote_for_ever(database: &mut Connection, question: QuestionId) {
    let (mut number, at): (u64, String) = database
        .query_row(
            "SELECT number, at FROM records WHERE session = 'fietsfan010' ORDER BY number DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .expect("a last record");
    let together = database.transaction().expect("a transaction");
    for vote in 0..MANY {
        number += 1;
        let event = if vote % 2 == 0 { "supported" } else { "unsupported" };
        let events = format!(r#"[{{"event":"{event}","by":"{:032x}","question":"{question}"}}]"#, vote / 2 % 50);
        together
            .execute("INSERT INTO records VALUES ('fietsfan010', ?1, ?2, ?3)", params![number, at, events])
            .expect("a record");
    }
    together.commit().expect("kept");
}

fn kept_until(database: &Connection) -> Option<u64> {
    database.query_row("SELECT number FROM standings WHERE session = 'fietsfan010'", [], |row| row.get(0)).ok()
}

#[tokio::test]
async fn a_session_with_a_long_past_starts_from_where_it_stood() {
    let mut hall = Hall::opens().await;
    let (question, asker) = (hall.shown("Vraag a?").await, hall.citizen().await);
    asker.supports(question).await;
    let other = hall.shown("Vraag b?").await;
    hall.moderator.bundles(other, question).await;
    let seen = async |hall: &Hall| (hall.view().await, hall.moderator.view().await, asker.mine().await);
    let before = seen(&hall).await;

    hall.server.kill().await;
    vote_for_ever(&mut database(&hall.server), question);
    hall.server.restart().await;
    let kept = eventually("it is kept where the session stands", async || kept_until(&database(&hall.server))).await;
    assert!(kept > MANY);
    let after = seen(&hall).await;
    assert_eq!(after.0.card(question), before.0.card(question), "all votes were taken back");
    assert!(after.0.seq > before.0.seq, "and every one of them was counted");

    // What came before where it stood is not needed to start.
    hall.server.kill().await;
    database(&hall.server)
        .execute("UPDATE records SET events = 'nonsense' WHERE session = 'fietsfan010' AND number = ?1", [kept - 1])
        .expect("a change");
    hall.server.restart().await;
    assert_eq!(seen(&hall).await, after, "the same in every eye");
    asker.takes_back_support(question).await;
    let (sound, said) = hall.server.tool(&["verify"]).await;
    assert!(!sound && said.contains("#fietsfan010: record") && said.contains("NOT sound"), "{said}");
}

#[tokio::test]
async fn what_another_version_kept_is_left_aside() {
    let mut hall = Hall::opens().await;
    let question = hall.shown("Vraag a?").await;
    hall.server.kill().await;
    vote_for_ever(&mut database(&hall.server), question);
    hall.server.restart().await;
    eventually("it is kept where the session stands", async || kept_until(&database(&hall.server))).await;
    let before = hall.view().await;
    for (form, checkpoint) in [(99, "{}"), (1, "{}")] {
        hall.server.kill().await;
        database(&hall.server)
            .execute("UPDATE standings SET form = ?1, checkpoint = ?2", params![form, checkpoint])
            .expect("a change");
        hall.server.restart().await;
        assert_eq!(hall.view().await, before);
    }
}

#[tokio::test]
async fn whoever_asked_twice_before_a_long_past_is_still_told_the_same() {
    let mut hall = Hall::opens().await;
    let question = hall.shown("Vraag a?").await;
    let asker = hall.citizen().await;
    let ask = async || {
        let body = serde_json::json!({ "text": "Vraag b?" });
        asker.caller.post_once("/sessions/FietsFan010/questions", body, "key-0001").await.is(201).text
    };
    let first = ask().await;
    hall.server.kill().await;
    vote_for_ever(&mut database(&hall.server), question);
    hall.server.restart().await;
    eventually("it is kept where the session stands", async || kept_until(&database(&hall.server))).await;
    hall.server.kill().await;
    hall.server.restart().await;
    assert_eq!(ask().await, first);
}
