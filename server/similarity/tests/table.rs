//! The table that comes with the program, and what is not one.

use std::{borrow::Cow, sync::Arc};

use samenspraak_similarity::{Engine, Method, Neighbours, TableError};

static TABLE: &[u8] = include_bytes!("../table/words.bin");

#[test]
fn knows_that_parking_bikes_is_one_thing_in_two_languages() {
    let engine = Engine::embedded().expect("the table that comes with the program");
    assert_eq!(engine.method(), Method::Table);
    let near = |a, b| engine.compare(a, b).score;
    let far = near("#fietsenstalling", "Waarom stinkt het riool zo?");
    for (a, b) in
        [("#fietsenstalling", "fietsparkeren"), ("fietsparkeren", "bike parking"), ("#Fietsenstalling", "bike parking")]
    {
        assert!(near(a, b) > 0.08 && near(a, b) > 2.0 * far, "{a} {b} {} {far}", near(a, b));
    }
    let asked = "Wanneer komt er een fietsenstalling bij het station?";
    let same = near(asked, "wanneer is de nieuwe stalling bij het station nou klaar");
    assert!(same > near(asked, "Wat kost de fietsenstalling bij het station per dag?"));
    assert!(
        near("Komt er een bus naar Zuid?", "Komt er een bus naar Noord?")
            < near("Komt er een bus naar Zuid?", "rijdt er straks een bus naar zuid")
    );
}

#[test]
fn finds_the_twin_that_shares_no_word() {
    let mut there = Neighbours::new(Arc::new(Engine::embedded().expect("the table that comes with the program")));
    there.add(1, "Mogen honden loslopen in het park?");
    there.add(2, "Wanneer komt de bus weer vaker?");
    there.add(3, "Wanneer wordt de vuilnis opgehaald?");
    let near = there.nearest("garbage collection, when?", 2, |_| true);
    assert_eq!(near.first().map(|near| near.key), Some(3));
}

#[test]
fn what_is_no_table_is_refused_and_letters_go_on() {
    let read = |bytes: Vec<u8>| Engine::from_table(Cow::Owned(bytes)).err();
    assert_eq!(read(Vec::new()), Some(TableError::NotATable));
    assert_eq!(read(b"GIF89a".to_vec()), Some(TableError::NotATable));
    assert!(matches!(read(TABLE[..12].to_vec()), Some(TableError::Length { found: 12, .. })));
    assert!(matches!(read(TABLE[..TABLE.len() - 1].to_vec()), Some(TableError::Length { .. })));
    let longer = [TABLE, b"x"].concat();
    assert!(matches!(read(longer), Some(TableError::Length { .. })));
    let mut later = TABLE.to_vec();
    later[8] = 9;
    assert_eq!(read(later), Some(TableError::Version(9)));
    for at in [12, 40, 200_000, TABLE.len() - 1] {
        let mut damaged = TABLE.to_vec();
        damaged[at] ^= 1;
        assert_eq!(read(damaged), Some(TableError::Damaged), "{at}");
    }
    let mut vast = TABLE.to_vec();
    vast[16..28].fill(0xFF);
    assert!(matches!(read(vast), Some(TableError::Length { .. })));
    assert_eq!(Engine::letters_alone().method(), Method::Letters);
}
