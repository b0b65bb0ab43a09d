//! `backup`, `restore` and `verify`, while people go on and after something went wrong.

use shared::Status;

use super::open;
use crate::harness::{Hall, Server};

#[tokio::test]
async fn a_backup_of_a_running_session_brings_all_of_it_back() {
    let mut hall = Hall::opens().await;
    let asker = hall.citizen().await;
    let question = hall.shown("Komt er een stalling?").await;
    asker.supports(question).await;
    let waiting = asker.asks("En wanneer?").await;
    let before = (hall.view().await, hall.moderator.view().await, asker.mine().await);

    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("copy.db");
    let copy = file.to_str().expect("a path");
    let (made, said) = hall.server.tool(&["backup", copy]).await;
    assert!(made && said.contains("1 sessions, 5 records"), "{said}");
    let (again, said) = hall.server.tool(&["backup", copy]).await;
    assert!(!again && said.contains("is there already"), "{said}");
    let (sound, said) = hall.server.tool(&["verify", copy]).await;
    assert!(sound && said.contains(": sound; 1 sessions, 5 records"), "{said}");

    hall.moderator.approves(waiting).await;
    let (restored, said) = hall.server.tool(&["restore", copy]).await;
    assert!(!restored && said.contains("another samenspraak is using this directory"), "{said}");
    assert_eq!(hall.view().await.questions.len(), 2, "nothing changed");

    hall.server.stop().await;
    let (restored, said) = hall.server.tool(&["restore", copy]).await;
    assert!(restored && said.contains("holds 1 sessions, 5 records again"), "{said}");
    hall.server.restart().await;
    assert_eq!((hall.view().await, hall.moderator.view().await, asker.mine().await), before);
    let kept = std::fs::read_dir(hall.server.store()).expect("the store").filter_map(|entry| {
        let path = entry.expect("an entry").path();
        path.to_str().expect("a name").contains("samenspraak.db.replaced-").then_some(path)
    });
    let kept: Vec<_> = kept.filter(|path| !path.to_str().is_some_and(|name| name.ends_with("-shm"))).collect();
    let replaced =
        kept.iter().find(|path| !path.to_str().is_some_and(|name| name.ends_with("-wal"))).expect("the old one");
    let approvals: u32 = open(replaced)
        .query_row("SELECT count(*) FROM records WHERE events LIKE '%approved%'", [], |row| row.get(0))
        .expect("a count");
    assert_eq!(approvals, 2, "what was replaced is still there");
}

#[tokio::test]
async fn verify_says_what_is_wrong_and_a_bad_copy_replaces_nothing() {
    let mut hall = Hall::opens().await;
    let question = hall.shown("Vraag?").await;
    let (sound, said) = hall.server.tool(&["verify"]).await;
    assert!(sound && said.contains("1 sessions, 3 records"), "while the server runs: {said}");
    hall.server.stop().await;
    let folder = tempfile::tempdir().expect("a folder");
    let copy = |name: &str, harm: &str| {
        let path = folder.path().join(name);
        std::fs::copy(hall.server.store().join("samenspraak.db"), &path).expect("a copy");
        open(&path).execute_batch(harm).expect("harm");
        path.to_str().expect("a path").to_owned()
    };
    let damaged = [
        ("gap", "DELETE FROM records WHERE number = 2", "#fietsfan010: record 2 is missing; the next one is 3"),
        ("headless", "DELETE FROM records WHERE number = 1", "record 1 is missing"),
        (
            "nonsense",
            r#"UPDATE records SET events = '[{"event":"danced"}]' WHERE number = 2"#,
            "record 2 of a session cannot be read: unknown variant",
        ),
        (
            "early",
            "UPDATE records SET at = '2001-01-01T00:00:00Z' WHERE number = 3",
            "record 3 is older than the one before it",
        ),
        (
            "other",
            "INSERT INTO standings VALUES ('fietsfan010', 3, '2026-01-01T00:00:00Z', 3, '{}')",
            "what was kept of it is not what its records lead to",
        ),
    ];
    for (name, harm, complaint) in damaged {
        let file = copy(name, harm);
        let (sound, said) = hall.server.tool(&["verify", &file]).await;
        assert!(!sound && said.contains(complaint), "{name}: {said}");
        let (restored, said) = hall.server.tool(&["restore", &file]).await;
        assert!(!restored && said.contains("is not sound"), "{name}: {said}");
    }
    hall.server.restart().await;
    assert_eq!(hall.view().await.card(question).map(|card| card.status), Some(Status::Shown));
}

#[tokio::test]
async fn there_is_one_server_on_a_directory() {
    let server = Server::start().await;
    let (started, said) = server.tool(&["serve", "--listen", "127.0.0.1:0"]).await;
    assert!(!started && said.contains("another samenspraak is using this directory"), "{said}");
    let nowhere = tempfile::tempdir().expect("a folder");
    let nothing = nowhere.path().join("nothing.db");
    let (sound, said) = server.tool(&["verify", nothing.to_str().expect("a path")]).await;
    assert!(!sound && said.contains("there is no"), "{said}");
}
