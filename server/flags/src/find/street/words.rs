//! The words by which a street with a number is told from a count of something.

use std::{collections::HashSet, sync::LazyLock};

/// Words that end as streets do and are none.
pub(super) static NO_STREETS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(include_str!("../../../lists/no-streets.txt")));
/// What makes the number before it a count.
pub(super) static COUNTED: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(include_str!("../../../lists/counted.txt")));

/// What names of streets end in.
pub(super) const ENDINGS: &[&str] = &[
    "straat",
    "str",
    "weg",
    "laan",
    "plein",
    "kade",
    "singel",
    "dijk",
    "hof",
    "pad",
    "steeg",
    "gracht",
    "plantsoen",
    "park",
    "dreef",
    "baan",
    "boulevard",
    "markt",
    "haven",
    "allee",
    "wal",
    "werf",
    "erf",
    "brink",
    "ring",
    "veld",
    "burg",
    "donk",
    "oord",
    "hoek",
    "wijk",
    "waard",
    "zoom",
    "tuin",
    "straatje",
    "laantje",
    "pleintje",
    "hofje",
    "gang",
];

/// What a name of several words may begin with when it is written small.
pub(super) const FIRST_WORDS: &[&str] =
    &["nieuwe", "oude", "eerste", "tweede", "derde", "lange", "korte", "grote", "kleine", "1e", "2e", "3e", "groene"];

/// What is no part of a name, though a sentence may begin with it.
pub(super) const NO_NAME: &[&str] = &[
    "op", "in", "aan", "bij", "ik", "wij", "we", "mijn", "onze", "is", "kan", "waarom", "wanneer", "wat", "hoe", "wie",
    "waar", "van", "naar", "langs", "tussen", "en", "of", "maar", "at", "on", "the", "my", "adres", "hij", "zij", "ze",
];

/// After these, whatever is written as a name is where somebody lives.
pub(super) const HOME: &[&str] = &[
    "woon op",
    "woon op de",
    "woon aan de",
    "woon aan het",
    "wonen op",
    "wonen op de",
    "wonen aan de",
    "wonen aan het",
    "woont op",
    "woont op de",
    "woont aan de",
    "woont aan het",
    "adres",
    "adres is",
    "adres:",
    "i live at",
    "we live at",
    "lives at",
    "address is",
    "address:",
    "kijken op de",
    "kijken op",
];

/// What may stand within a name, small.
pub(super) const PARTICLES: &[&str] =
    &["van", "de", "der", "den", "het", "ten", "ter", "'s", "st", "st.", "dr.", "prof.", "burg."];
/// Endings of so many other words that only a name, with its capital, is believed.
pub(super) const VAGUE: &[&str] =
    &["ring", "burg", "oord", "hoek", "gang", "wal", "str", "baan", "veld", "tuin", "wijk", "markt", "park", "haven"];

/// Words that go on after an address.
pub(super) static AFTER_ADDRESS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| words(include_str!("../../../lists/after-address.txt")));

fn words(list: &str) -> HashSet<&str> {
    list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}
