//! What else goes over Jetstream: posts of the whole world, for measuring how fast those with one
//! hashtag are found.

use bytes::Bytes;
use jiff::Timestamp;
use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use serde_json::{Value, json};

use crate::jetstream::{COLLECTION, Post, cid, tid};

/// One message in so many has the wanted hashtag.
pub const RARE: usize = 10_000;

/// When the first was written, in microseconds; the next come 20 ms apart.
const START: u64 = 1_790_000_000_000_000;
const APART: u64 = 20_000;

const LANGUAGES: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "the", "morning", "coffee", "really", "thinking", "about", "new", "release", "my", "cat", "is", "so",
            "good", "today",
        ],
    ),
    ("ja", &["今日", "は", "とても", "いい", "天気", "です", "ね", "おはよう", "ございます", "仕事", "頑張る"]),
    ("pt", &["hoje", "não", "vou", "trabalhar", "porque", "está", "chovendo", "muito", "bom", "dia", "gente"]),
    ("de", &["heute", "war", "ein", "schöner", "Tag", "für", "einen", "Spaziergang", "über", "die", "Brücke"]),
    (
        "nl",
        &["vandaag", "weer", "op", "de", "fiets", "naar", "het", "station", "met", "één", "wiel", "en", "tegenwind"],
    ),
    ("ar", &["صباح", "الخير", "يا", "أصدقاء", "اليوم", "جميل", "جدا"]),
    ("ko", &["오늘", "날씨", "정말", "좋다", "커피", "한잔", "하고", "싶다"]),
];
const HASHTAGS: &[&str] =
    &["art", "photography", "fietsen", "Rotterdam", "BlueSky", "写真", "naturaleza", "Fußball", "NowPlaying"];
const EMOJI: &[&str] = &["😂", "🚲", "✨", "👍🏽", "❤️", "👨‍👩‍👧"];

/// So many messages of new posts, the same for the same seed; about one in [`RARE`] is tagged `wanted`
/// (without `#`), the first of them within the first `RARE`.
pub fn noise(seed: u64, count: usize, wanted: &str) -> Vec<Bytes> {
    let mut dice = StdRng::seed_from_u64(seed);
    let mut chosen = dice.random_range(0..RARE);
    (0..count)
        .map(|number| {
            let tag = (number == chosen).then_some(wanted);
            if number % RARE == RARE - 1 {
                chosen = number + 1 + dice.random_range(0..RARE);
            }
            message(&mut dice, number, tag)
        })
        .collect()
}

fn message(dice: &mut StdRng, number: usize, tag: Option<&str>) -> Bytes {
    let time_us = START + APART * u64::try_from(number).expect("a count fits");
    let (language, words) = LANGUAGES.choose(dice).expect("there are some");
    let mut text = String::new();
    for _ in 0..dice.random_range(1..40) {
        text += words.choose(dice).expect("there are some");
        text.push(' ');
    }
    let further = [
        (tag.map(|tag| format!("#{tag} ")), 1.0),
        (HASHTAGS.choose(dice).map(|tag| format!("#{tag} ")), 0.15),
        (EMOJI.choose(dice).map(|emoji| format!("{emoji} ")), 0.3),
        (Some(format!("https://voorbeeld.nl/{}", dice.random_range(0..10_000))), 0.2),
    ];
    for (part, chance) in further {
        if let Some(part) = part.filter(|_| dice.random_bool(chance)) {
            text += &part;
        }
    }
    let now = Timestamp::from_microsecond(i64::try_from(time_us).expect("it fits")).expect("it is a moment");
    let post = Post {
        text: text.trim_end().to_owned(),
        langs: vec![(*language).to_owned()],
        reply: dice.random_bool(0.4).then(|| reply(dice, time_us)),
        embed: embed(dice),
        ..Post::default()
    };
    let message = json!({
        "did": person(dice),
        "time_us": time_us,
        "kind": "commit",
        "commit": {
            "rev": tid(time_us, 1), "operation": "create", "collection": COLLECTION, "rkey": tid(time_us - 1000, 2),
            "record": post.record(now, |_| None), "cid": cid(dice.random()),
        },
    });
    message.to_string().into()
}

fn person(dice: &mut StdRng) -> String {
    format!("did:plc:{}", &cid(dice.random())[7..31])
}

fn reply(dice: &mut StdRng, time_us: u64) -> Value {
    let mut link = || {
        let uri = format!("at://{}/{COLLECTION}/{}", person(dice), tid(time_us - 1_000_000, 3));
        json!({"cid": cid(dice.random()), "uri": uri})
    };
    json!({"parent": link(), "root": link()})
}

fn embed(dice: &mut StdRng) -> Option<Value> {
    match dice.random_range(0..10) {
        0..2 => Some(json!({
            "$type": "app.bsky.embed.images",
            "images": [{
                "alt": "", "aspectRatio": {"height": 1500, "width": 2000},
                "image": {"$type": "blob", "ref": {"$link": cid(dice.random())}, "mimeType": "image/jpeg",
                          "size": dice.random_range(50_000..950_000)},
            }],
        })),
        2 => Some(json!({
            "$type": "app.bsky.embed.external",
            "external": {"description": "Een bericht over iets", "title": "Iets", "uri": "https://voorbeeld.nl/iets"},
        })),
        _ => None,
    }
}
