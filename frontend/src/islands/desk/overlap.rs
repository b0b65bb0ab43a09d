//! Which questions a question looks like, by the words they share; simple, and good enough to put
//! the likely lead at the top of a list that a moderator chooses from.

use shared::hashtag;

/// Words that say nothing about the subject.
const SMALL: [&str; 62] = [
    "aan", "als", "and", "are", "bij", "can", "dan", "dat", "de", "deze", "die", "dit", "does", "een", "en", "er",
    "for", "gaat", "geen", "het", "hoe", "how", "ik", "in", "is", "je", "kan", "komen", "komt", "kunnen", "maar",
    "meer", "met", "mijn", "naar", "niet", "nog", "of", "om", "onze", "ook", "op", "te", "that", "the", "this", "toch",
    "tot", "van", "veel", "voor", "waar", "waarom", "wanneer", "wat", "we", "what", "when", "wie", "wij", "wordt",
    "zijn",
];

/// The words of a question that say what it is about, folded, each once.
pub fn telling_words(text: &str) -> Vec<String> {
    let folded = hashtag::fold(text);
    let mut words: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 1 && !SMALL.contains(word))
        .map(str::to_owned)
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// How much two questions share, from 0 (nothing) to 1 (the same words).
pub fn overlap(one: &[String], other: &[String]) -> f64 {
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let shared: f64 = one.iter().map(|word| other.iter().map(|known| likeness(word, known)).fold(0.0, f64::max)).sum();
    let words = |list: &[String]| f64::from(u32::try_from(list.len()).unwrap_or(u32::MAX));
    (shared / (words(one) * words(other)).sqrt()).min(1.0)
}

/// Puts the likeliest first; of equally likely ones the most supported. Keeps those without a
/// shared word, at the end, since the moderator may know better.
pub fn ranked<T>(words: &[String], candidates: impl IntoIterator<Item = (T, Vec<String>, u32)>) -> Vec<T> {
    let mut scored: Vec<(f64, u32, T)> =
        candidates.into_iter().map(|(id, theirs, support)| (overlap(words, &theirs), support, id)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
    scored.into_iter().map(|(_, _, id)| id).collect()
}

/// Dutch makes one word of several, and bends them: "stalling" is much of "fietsenstalling", and
/// "fietspaden" of "fietspad".
fn likeness(one: &str, other: &str) -> f64 {
    if one == other {
        return 1.0;
    }
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    if short.chars().count() >= 4 && long.contains(short) {
        return 0.7;
    }
    let same_start = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    if same_start >= 5 { 0.5 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_question_in_other_words_comes_first() {
        let asked = telling_words("Komen er meer plekken om je fiets te stallen bij Centraal?");
        let leads = [
            ("rain", "Kunnen fietsers vaker groen krijgen bij regen?", 203),
            ("parking", "Waarom is de fietsenstalling bij Centraal altijd vol?", 12),
            ("school", "Hoe gaat mijn dochter van acht veilig naar school?", 164),
        ];
        let order = ranked(&asked, leads.map(|(id, text, support)| (id, telling_words(text), support)));
        assert_eq!(order, ["parking", "rain", "school"]);
    }

    #[test]
    fn overlap_lies_between_nothing_and_everything() {
        let words = telling_words("Waarom is de stalling vol?");
        assert!((overlap(&words, &words) - 1.0).abs() < 1e-9);
        assert!(overlap(&words, &telling_words("Brommers op het fietspad")) < 1e-9);
        assert!(overlap(&words, &[]) < 1e-9);
    }

    #[test]
    fn among_equals_support_decides() {
        let order = ranked(&telling_words("x"), [(1, telling_words("a b"), 3), (2, telling_words("c d"), 8)]);
        assert_eq!(order, [2, 1]);
    }
}
