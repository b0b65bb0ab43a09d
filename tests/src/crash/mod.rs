//! Power cuts under load: whatever was confirmed is there afterwards, and nothing was shown that
//! was not kept.
//!
//! Twenty cuts unless `SAMENSPRAAK_KILLS` says how many; `cargo xtask kills` makes the long run. One
//! database lives through all of them. Every [`CHAPTER`] cuts the people move to a new session, so
//! that what a round has to check does not grow with the length of the run; at the end every session
//! is checked whole once more.

mod chapter;
mod load;
pub mod store;

use std::time::{Duration, Instant};

use self::{chapter::Chapter, store::Numbers};
use crate::harness::{Hall, Seeds, Server, Terms};

/// After how many cuts a new session begins.
const CHAPTER: usize = 20;
/// How many commands are confirmed between two cuts, at most.
const MOST_DONE: usize = 60;
/// In which rounds the power goes again while the server starts.
const EVERY_NTH_TWICE: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn power_cuts_lose_nothing_confirmed() {
    let rounds = rounds();
    let terms = Terms { environment: vec![("SAMENSPRAAK_LOG", "warn".into())], ..Terms::default() };
    let mut hall = Hall::on(terms, crate::harness::session("Begin")).await;
    let began = now();
    let mut seeds = Seeds::new(7);
    let (mut twice, mut chapters, mut numbers) = (0, Vec::<Chapter>::new(), Numbers::default());
    for round in 0..rounds {
        if round % CHAPTER == 0 {
            if let Some(before) = chapters.last_mut() {
                before.ends().await;
            }
            chapters.push(Chapter::opens(&hall, round / CHAPTER).await);
        }
        let chapter = chapters.last_mut().expect("a chapter");
        let load = chapter.begins(round, &mut seeds);
        chapter.has_done(1 + seeds.below(MOST_DONE)).await;
        // Where in the work on the next command the cut falls, is left to chance.
        tokio::time::sleep(Duration::from_micros(seeds.below(4_000) as u64)).await;
        hall.server.kill().await;
        chapter.takes_back(load).await;
        numbers = store::check(&hall.server.database());
        if round % EVERY_NTH_TWICE == 0 {
            hall.server.is_killed_while_starting(Duration::from_micros(seeds.below(40_000) as u64)).await;
            twice += 1;
        }
        hall.server.restart().await;
        chapter.check().await;
        chapter.comes_back().await;
    }
    let mut confirmed = 0;
    for chapter in &mut chapters {
        chapter.ends().await;
        confirmed += chapter.confirmed();
    }
    assert!(confirmed > rounds * 10, "there was a load: {confirmed} commands");
    assert!(!hall.server.log().contains("panicked"), "{}", hall.server.log());
    println!(
        "{rounds} kills under load and {twice} more while starting, in {:.0} s: {confirmed} confirmed commands checked, \
         0 lost; {} records in {} sessions, numbered without gaps",
        began.elapsed().as_secs_f64(),
        numbers.records,
        numbers.sessions,
    );
    drop::<Server>(hall.server);
}

fn rounds() -> usize {
    let asked = std::env::var("SAMENSPRAAK_KILLS").ok();
    asked.map_or(20, |rounds| rounds.parse().expect("SAMENSPRAAK_KILLS is a number"))
}

#[expect(clippy::disallowed_methods, reason = "how long a run took is told, and decides nothing")]
fn now() -> Instant {
    Instant::now()
}
