//! Vectors from outside, through the front door: they count when they are there, and nothing is lost without them.

use std::sync::Arc;

use samenspraak_similarity::{ANCHORS, Engine, Neighbours, Scale};

const DIMENSIONS: usize = 40;
const ONE: &str = "Wanneer gaat het zwembad weer open?";
const OTHER: &str = "Kunnen wij daar straks baantjes trekken?";
const STRANGE: &str = "Wie snoeit de linden op de dijk?";

/// A model that thinks high of everything, and for which what has the same number is the same.
fn vector(number: usize, wording: usize) -> Vec<f32> {
    let mut vector = vec![1.0; DIMENSIONS];
    vector[number] += 2.0;
    vector[DIMENSIONS - 1 - wording] += 0.5;
    vector
}

fn scale() -> Arc<Scale> {
    let vectors: Vec<_> = (0..2 * ANCHORS.len()).map(|at| vector(at / 2, at % 2)).collect();
    Arc::new(Scale::of(&vectors).expect("a scale"))
}

fn there() -> Neighbours<u32> {
    let mut there = Neighbours::new(Arc::new(Engine::embedded().expect("a table")));
    there.measure(Some(scale()));
    there
}

fn score(there: &Neighbours<u32>) -> f32 {
    there.compare(1, 2).expect("both are there").score
}

#[test]
fn two_texts_without_a_word_in_common_are_near_by_their_vectors_and_by_nothing_else() {
    let mut there = there();
    there.add_with(1, ONE, Some(&vector(3, 0)));
    there.add(2, OTHER);
    let without = score(&there);
    there.add_with(2, OTHER, Some(&vector(3, 1)));
    assert!(there.has_vector(1) && score(&there) > 0.4 && without < 0.2, "{without} {}", score(&there));
    assert_eq!(there.nearest_with(OTHER, Some(&vector(3, 1)), 2, |key| key != 2)[0].key, 1);
    there.add_with(2, OTHER, Some(&vector(9, 1)));
    assert!(score(&there) < without, "a vector can also say that it is something else");
}

#[test]
fn a_vector_that_cannot_be_read_is_left_out_and_the_table_answers() {
    let mut there = there();
    there.add_with(1, ONE, Some(&vector(3, 0)));
    there.add(2, ONE.to_lowercase().as_str());
    assert_eq!(there.nearest_to(2, 3, |_| true)[0].key, 1, "the same words need no vector");
    for bad in [vec![1.0; DIMENSIONS - 1], vec![f32::NAN; DIMENSIONS], vec![0.0; DIMENSIONS], Vec::new()] {
        there.add_with(3, STRANGE, Some(&bad));
        assert!(there.contains(3) && !there.has_vector(3));
    }
    let mut unmeasured = Neighbours::new(Arc::new(Engine::letters_alone()));
    unmeasured.add_with(1, ONE, Some(&vector(3, 0)));
    assert!(unmeasured.contains(1) && !unmeasured.has_vector(1));
}

#[test]
fn another_model_s_scale_lets_go_of_what_was_read_by_the_last() {
    let mut there = there();
    there.add_with(1, ONE, Some(&vector(3, 0)));
    there.add_with(2, OTHER, Some(&vector(3, 1)));
    let with = score(&there);
    there.measure(None);
    assert!(!there.has_vector(1) && score(&there) < with);
    there.measure(Some(scale()));
    there.add_with(1, ONE, Some(&vector(3, 0)));
    there.add_with(2, OTHER, Some(&vector(3, 1)));
    assert!((score(&there) - with).abs() < 1e-6, "nothing of the last one is left");
}

#[test]
fn who_asks_the_same_words_shares_one_vector() {
    let mut there = there();
    there.add(1, ONE);
    there.add_with(2, &ONE.to_uppercase(), Some(&vector(3, 0)));
    assert!(there.has_vector(1) && there.has_vector(2) && there.len() == 2);
    there.add_with(4, OTHER, Some(&vector(3, 1)));
    let found = there.nearest_to(4, 5, |key| key != 1);
    assert_eq!(found.iter().map(|near| near.key).collect::<Vec<_>>(), [2]);
    for key in [1, 2] {
        there.remove(key);
    }
    there.add_with(4, OTHER, None);
    assert!(there.nearest_to(4, 5, |_| true).is_empty() && there.len() == 1);
}
