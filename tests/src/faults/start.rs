//! A store that cannot be used: the server says what is wrong and what to do, and ends.

use std::{
    fs::{self, File},
    os::unix::fs::FileExt,
};

use rusqlite::Connection;
use rustix::io::Errno;

use super::shim::Faults;
use crate::harness::{Failed, Hall, Server, session};

/// It ended by itself, in words.
#[track_caller]
fn says(failed: &Failed, wanted: &[&str]) {
    assert_eq!(failed.status.code(), Some(1), "{failed:?}");
    assert!(!failed.words.contains("panicked"), "{}", failed.words);
    for words in wanted {
        assert!(failed.words.contains(words), "not said: {words}: {}", failed.words);
    }
}

#[tokio::test]
async fn a_store_that_can_only_be_read_is_refused_with_what_to_do() {
    let faults = Faults::none();
    let mut hall = Hall::on(faults.terms(), session("FietsFan010")).await;
    hall.shown("Van toen de schijf nog beschreven kon worden?").await;
    let before = hall.view().await;
    assert!(hall.server.stop().await.success());

    faults.on_open(Some(Errno::ROFS));
    let failed = hall.server.fails_to_start().await;
    assert!(faults.hits() > 0);
    says(&failed, &["store", "write"]);
    faults.on_open(None);
    hall.server.restart().await;
    assert_eq!(hall.view().await, before);
}

#[tokio::test]
async fn a_folder_that_is_none_and_a_file_that_is_no_database_are_refused() {
    let mut server = Server::start().await;
    assert!(server.stop().await.success());
    let store = server.store();

    fs::remove_dir_all(&store).expect("the store");
    fs::write(&store, "geen map").expect("a file");
    says(&server.fails_to_start().await, &["store"]);

    fs::remove_file(&store).expect("the file");
    fs::create_dir(&store).expect("a folder");
    fs::write(server.database(), "geen database ".repeat(1_000)).expect("a file");
    says(&server.fails_to_start().await, &["store", "backup"]);

    fs::remove_file(server.database()).expect("the file");
    server.restart().await;
}

#[tokio::test]
async fn a_full_disk_at_the_start_is_refused_with_what_to_do() {
    let faults = Faults::none();
    let mut server = Server::on(faults.terms()).await;
    assert!(server.stop().await.success());
    fs::remove_dir_all(server.store()).expect("the store");
    faults.on_write(Some(Errno::NOSPC));
    says(&server.fails_to_start().await, &["store", "full"]);
    faults.on_write(None);
    fs::remove_dir_all(server.store()).expect("what there was of the store");
    server.restart().await;
}

#[tokio::test]
async fn a_damaged_database_is_refused_or_what_is_sound_of_it_is_served() {
    let mut hall = Hall::opens().await;
    for n in 0..60 {
        hall.shown(&format!("Vraag {n}, lang genoeg om samen met de andere een aantal bladzijden te vullen?")).await;
    }
    assert!(hall.server.stop().await.success());
    let database = hall.server.database();
    // Whoever closes last brings everything into the one file.
    let store = Connection::open(&database).expect("the database");
    store.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("all of it in one file");
    drop(store);
    let sound = fs::read(&database).expect("the database");
    let pages = sound.len() / 4_096;
    assert!(pages > 8, "{pages} pages");

    let damage = |from: usize, length: usize| {
        // What an earlier start added beside it would hide the damage.
        for beside in ["samenspraak.db-wal", "samenspraak.db-shm"] {
            let _ = fs::remove_file(database.with_file_name(beside));
        }
        fs::write(&database, &sound).expect("the database");
        let file = File::options().write(true).open(&database).expect("the database");
        file.write_all_at(&vec![0xa5; length], from as u64).expect("damage");
    };
    damage(sound.len() / 3, sound.len() / 3);
    let failed = hall.server.fails_to_start().await;
    says(&failed, &["damaged", "backup"]);

    for page in 1..pages {
        damage(page * 4_096, 64);
        // Whether it starts depends on what the page holds; either way it keeps its countenance.
        if let Err(failed) = hall.server.tries_to_start().await {
            says(&failed, &["backup"]);
        } else {
            hall.stranger.get("/sessions").await.is(200);
            hall.server.kill().await;
        }
        assert!(!hall.server.log().contains("panicked"), "{}", hall.server.log());
    }

    damage(0, 0);
    hall.server.restart().await;
    assert_eq!(hall.view().await.questions.len(), 60);
}
