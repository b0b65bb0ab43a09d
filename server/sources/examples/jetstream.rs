//! What it costs to find the posts with a hashtag among all posts of the network, beside the least that
//! looking at every byte can cost and beside reading every message whole.
//!
//!     cargo run --release -p samenspraak-sources --example jetstream

use std::{
    collections::BTreeSet,
    hint::black_box,
    time::{Duration, Instant},
};

use samenspraak_sources::bluesky::{Decision, Known, Wanted, decide, tags};
use serde_json::Value;

const POSTS: usize = 100_000;
const ROUNDS: usize = 7;
const WANTED: &str = "FietsFan010";

fn main() {
    let posts: Vec<Vec<u8>> =
        networks::noise::noise(17, POSTS, WANTED).iter().map(|post| as_jetstream_writes(post)).collect();
    let bytes: usize = posts.iter().map(Vec::len).sum();
    let one = folded(&[WANTED]);
    let many =
        (0..40).map(|number| format!("raadsplein{number:03}")).chain([one.first().expect("one").clone()]).collect();
    let other = folded(&[WANTED, "één"]);

    println!("{POSTS} posts of {} bytes on average; the best of {ROUNDS} rounds\n", bytes / POSTS);
    println!("| | ns a post | MB/s | of a core at 2,000 posts/s | read whole | found |");
    println!("|---|---:|---:|---:|---:|---:|");
    row("floor: `memchr` over every byte", bytes, || {
        (posts.iter().filter(|post| memchr::memchr(0, black_box(post)).is_some()).count(), 0)
    });
    for (name, tags) in [("decide, 1 hashtag", &one), ("decide, 41 hashtags", &many), ("decide, also #één", &other)] {
        let (wanted, known) = (Wanted::new(tags), Known::default());
        row(name, bytes, || {
            let read = posts.iter().filter(|post| decide(black_box(post), &wanted, &known) == Decision::Read);
            let (mut whole, mut found) = (0, 0);
            for post in read {
                whole += 1;
                found += usize::from(has(post, tags));
            }
            (whole, found)
        });
    }
    row("`serde_json` of everything", bytes, || {
        (POSTS, posts.iter().filter(|post| has(black_box(post), &one)).count())
    });
}

fn has(post: &[u8], wanted: &BTreeSet<String>) -> bool {
    let message: Value = serde_json::from_slice(post).expect("JSON");
    !tags(&message["commit"]["record"]).is_disjoint(wanted)
}

fn folded(tags: &[&str]) -> BTreeSet<String> {
    tags.iter().map(|tag| shared::hashtag::fold(tag)).collect()
}

#[expect(clippy::disallowed_methods, reason = "this is about how long things take")]
fn row(name: &str, bytes: usize, work: impl Fn() -> (usize, usize)) {
    let (mut best, mut counted) = (Duration::MAX, (0, 0));
    for _ in 0..ROUNDS {
        let start = Instant::now();
        counted = work();
        best = best.min(start.elapsed());
    }
    #[expect(clippy::cast_precision_loss, reason = "these are far below 2^52")]
    let (each, rate) = (best.as_nanos() as f64 / POSTS as f64, bytes as f64 / best.as_secs_f64() / 1e6);
    let (whole, found) = counted;
    println!("| {name} | {each:.0} | {rate:.0} | {:.3} % | {whole} | {found} |", each * 2_000.0 / 1e7);
}

/// Jetstream writes the fields of its messages in another order than the alphabet's, and some characters
/// as escapes.
fn as_jetstream_writes(post: &[u8]) -> Vec<u8> {
    let message: Value = serde_json::from_slice(post).expect("JSON");
    let commit = &message["commit"];
    let [did, time, kind] = ["did", "time_us", "kind"].map(|name| &message[name]);
    let [rev, operation, collection, rkey, record, cid] =
        ["rev", "operation", "collection", "rkey", "record", "cid"].map(|name| &commit[name]);
    format!(
        r#"{{"did":{did},"time_us":{time},"kind":{kind},"commit":{{"rev":{rev},"operation":{operation},"collection":{collection},"rkey":{rkey},"record":{record},"cid":{cid}}}}}"#
    )
    .replace('&', "\\u0026")
    .replace('<', "\\u003c")
    .replace('>', "\\u003e")
    .into_bytes()
}
