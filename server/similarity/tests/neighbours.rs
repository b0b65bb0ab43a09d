//! Through the front door: what is near, what is proposed, and what is not claimed.

use std::sync::Arc;

use proptest::prelude::*;
use samenspraak_similarity::{Engine, Neighbours};

fn letters() -> Neighbours<u32> {
    Neighbours::new(Arc::new(Engine::letters_alone()))
}

fn with(texts: &[&str]) -> Neighbours<u32> {
    let mut neighbours = letters();
    for (key, text) in (0..).zip(texts) {
        neighbours.add(key, text);
    }
    neighbours
}

fn keys(near: &[samenspraak_similarity::Near<u32>]) -> Vec<u32> {
    near.iter().map(|near| near.key).collect()
}

#[test]
fn finds_the_same_question_with_a_typo_and_as_a_hashtag() {
    let there = with(&[
        "Wanneer komt er een fietsenstalling bij het station?",
        "Waarom wordt het afval niet opgehaald?",
        "Mogen honden los in het park?",
    ]);
    assert_eq!(keys(&there.nearest("wanner komt er fietsnstalling bij station", 3, |_| true)), [0]);
    assert_eq!(keys(&there.nearest("#Fietsenstalling station wanneer komt die", 1, |_| true)), [0]);
    assert!(there.nearest("Komt er sneeuw vannacht op de Lijnbaan", 3, |_| true).is_empty());
}

#[test]
fn answers_only_with_what_is_wanted_and_never_with_itself() {
    let there = with(&["Komt er een bus?", "komt er een BUS", "Komt er een bus"]);
    assert_eq!(keys(&there.nearest("Komt er een bus?", 9, |key| key != 1)), [0, 2]);
    assert_eq!(keys(&there.nearest_to(1, 9, |_| true)), [0, 2]);
    assert_eq!(keys(&there.nearest_to(1, 1, |_| true)), [0]);
    assert!(there.nearest_to(7, 9, |_| true).is_empty());
}

#[test]
fn claims_nothing_about_what_it_cannot_read_but_knows_the_same_again() {
    let strange =
        ["", "   ", "?", "متى تأتي الحافلة", "公交车什么时候来", "Когда придёт автобус?", &"🚲".repeat(500), "waarom"];
    let mut there = with(&strange);
    for (key, text) in (0_u32..).zip(strange) {
        assert_eq!(there.nearest_to(key, 9, |_| true), [], "{text}");
    }
    assert_eq!(there.groups(&[]), []);
    for (key, text) in (100..).zip(&strange[3..]) {
        there.add(key, text);
    }
    assert_eq!(keys(&there.nearest_to(3, 9, |_| true)), [100]);
    assert_eq!(there.groups(&[]).len(), strange.len() - 3);
}

#[test]
fn ten_thousand_times_the_same_is_one_group() {
    let mut there = letters();
    for key in 0..10_000 {
        there.add(key, "Waarom is de stalling altijd vol?");
    }
    there.add(10_000, "Wat doet u aan de geluidsoverlast in het weekend?");
    let groups = there.groups(&[]);
    assert_eq!((groups.len(), groups[0].members.len()), (1, 10_000));
    assert!((groups[0].score - 1.0).abs() < f32::EPSILON);
    let groups = there.groups(&[(0, 1), (1, 2)]);
    assert_eq!(groups.iter().map(|group| group.members.len()).sum::<usize>(), 9_999);
    assert!(groups.iter().all(|group| !(group.members.contains(&0) && group.members.contains(&1))));
}

#[test]
fn a_question_that_is_added_again_is_replaced() {
    let mut there = with(&["Komt er een bus?"]);
    there.add(0, "Waarom is de stalling vol?");
    assert_eq!((there.len(), there.contains(0)), (1, true));
    assert!(there.nearest("Komt er een bus?", 3, |_| true).is_empty());
    there.remove(0);
    there.remove(0);
    assert!(there.is_empty() && there.nearest("Waarom is de stalling vol?", 3, |_| true).is_empty());
}

fn question() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "waarom",
        "wanneer",
        "is",
        "komt",
        "de",
        "stalling",
        "fietsenstalling",
        "bus",
        "vol",
        "park",
        "honden",
        "bike",
        "parking",
        "#FietsFan010",
        "geen",
        "Coolsingel",
        "30",
        "🚲",
    ]);
    prop::collection::vec(word, 0..6).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn adding_and_removing_leaves_what_a_fresh_start_would_have(
        steps in prop::collection::vec((0_u32..12, prop::option::of(question())), 0..40)
    ) {
        let mut lived = letters();
        let mut left = std::collections::BTreeMap::new();
        for (key, text) in steps {
            if let Some(text) = text {
                lived.add(key, &text);
                left.insert(key, text);
            } else {
                lived.remove(key);
                left.remove(&key);
            }
        }
        let mut fresh = letters();
        for (key, text) in left.iter().rev() {
            fresh.add(*key, text);
        }
        prop_assert_eq!(lived.len(), left.len());
        for (key, text) in &left {
            prop_assert_eq!(lived.nearest_to(*key, 5, |_| true), fresh.nearest_to(*key, 5, |_| true));
            prop_assert_eq!(lived.nearest(text, 5, |k| k % 2 == 0), fresh.nearest(text, 5, |k| k % 2 == 0));
        }
        prop_assert_eq!(lived.groups(&[(0, 1)]), fresh.groups(&[(0, 1)]));
    }

    #[test]
    fn no_text_makes_it_stumble(texts in prop::collection::vec("\\PC{0,60}", 1..8)) {
        let mut there = letters();
        for (key, text) in (0..).zip(&texts) {
            there.add(key, text);
        }
        for near in there.nearest(&texts[0], 9, |_| true) {
            prop_assert!((0.0..=1.0).contains(&near.score));
        }
        for group in there.groups(&[]) {
            prop_assert!(group.members.len() >= 2 && (0.0..=1.0).contains(&group.score));
        }
    }
}
