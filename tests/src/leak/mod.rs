//! Nothing hidden gets out: random commands put a marker into every private field, and everything
//! public is searched for markers that are hidden at that moment.

mod markers;
mod outlets;
mod play;

use markers::Markers;
use outlets::{Outlets, Watching};
use play::Play;

use crate::harness::{Hall, Seeds, Terms, session};

/// Looking at every page takes a while; at every frame and view it does not.
const PAGES_EVERY: usize = 12;

#[tokio::test(flavor = "multi_thread")]
async fn no_marker_of_what_is_hidden_is_ever_public() {
    for (seed, json_log) in [(1, false), (20_260_512, true)] {
        let terms = Terms { json_log, ..Terms::default() };
        let (hall, play, leaks) = Box::pin(run(seed, 340, Watching::Public, terms)).await;
        assert!(leaks.is_empty(), "seed {seed}: {leaks:#?}");
        assert!(play.was_eventful(), "seed {seed} does too little: {:?}", play.done);

        let log = hall.server.log();
        assert!(!log.is_empty(), "the log is where this looks");
        assert_eq!(Markers::in_text(&log), Vec::<String>::new(), "nobody's words are in the log, hidden or not");
        for secret in &play.keys {
            assert!(!log.contains(secret), "a key is in the log");
        }
        assert!(!log.contains("127.0.0.1"), "an address is in the log");
        for line in log.lines().filter(|_| json_log) {
            let line: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
            assert!(line["timestamp"].is_string() && line["level"].is_string(), "{line}");
        }
    }
}

/// The canary: a public screen that is given the moderators' frames must be noticed.
#[tokio::test(flavor = "multi_thread")]
async fn a_screen_that_shows_the_moderators_frames_is_caught() {
    let (_, _, leaks) = Box::pin(run(3, 25, Watching::TheDeskByMistake, Terms::default())).await;
    assert!(leaks.iter().any(|leak| leak.contains("marker")), "{leaks:?}");
    assert!(leaks.iter().any(|leak| leak.contains("hidden id")), "{leaks:?}");
}

async fn run(seed: u64, commands: usize, watching: Watching, terms: Terms) -> (Hall, Play, Vec<String>) {
    let hall = Hall::on(terms, session("FietsFan010")).await;
    let mut play = Play::begins(&hall, Seeds::new(seed)).await;
    let mut outlets = Box::pin(Outlets::opens(&hall, watching)).await;
    let mut leaks = Vec::new();
    for turn in 0..commands {
        let command = play.acts().await;
        if watching == Watching::Public && turn % 70 == 69 {
            play.renews_a_key(&hall).await;
        }
        let known = play.knows().await;
        let mut found = outlets.frames_and_views(&hall, &known).await;
        if turn % PAGES_EVERY == 0 {
            found.extend(outlets.pages(&hall, &known).await);
            found.extend(outlets.answers_to_others(&hall, &known).await);
            found.extend(play.askers_see_their_own_only(&known).await);
        }
        leaks.extend(found.into_iter().map(|leak| format!("after command {turn} ({command}): {leak}")));
    }
    (hall, play, leaks)
}
