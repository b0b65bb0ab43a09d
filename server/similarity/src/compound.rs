//! Words that are not in the table, from parts that are: `kapvergunning` is `kap` and `vergunning`.

/// The shortest part, in letters.
const MIN_PART: usize = 3;
/// The most parts.
const MAX_PARTS: usize = 3;
/// A part shorter than four letters must be at least this common, as a share of running text.
const COMMON: f32 = 1e-5;

/// The parts of a folded word, in order, each as where it is in the table; none when it cannot be parted.
///
/// The fewest parts win, then those whose shortest part is longest. Between two parts there may be an `s`.
pub fn parts(word: &str, find: impl Fn(&str) -> Option<usize>, share: impl Fn(usize) -> f32) -> Vec<usize> {
    if !word.is_ascii() || word.len() < 2 * MIN_PART {
        return Vec::new();
    }
    let known = |part: &str| {
        let short = part.len() < 4;
        (part.len() >= MIN_PART).then(|| find(part)).flatten().filter(|row| !short || share(*row) >= COMMON)
    };
    best(word, MAX_PARTS, &known).map(|(_, parts)| parts).unwrap_or_default()
}

/// The best parting: the length of its shortest part, and its parts.
fn best(word: &str, most: usize, known: &impl Fn(&str) -> Option<usize>) -> Option<(usize, Vec<usize>)> {
    if let Some(whole) = known(word) {
        return Some((word.len(), vec![whole]));
    }
    if most < 2 {
        return None;
    }
    let mut found: Option<(usize, Vec<usize>)> = None;
    for cut in MIN_PART..word.len().saturating_sub(MIN_PART - 1) {
        let Some(first) = known(&word[..cut]) else { continue };
        let rest = &word[cut..];
        for rest in [Some(rest), rest.strip_prefix('s')].into_iter().flatten() {
            let Some((shortest, others)) = best(rest, most - 1, known) else { continue };
            let shortest = shortest.min(cut);
            let better = found.as_ref().is_none_or(|(length, parts)| {
                (others.len() + 1, std::cmp::Reverse(shortest)) < (parts.len(), std::cmp::Reverse(*length))
            });
            if better {
                found = Some((shortest, std::iter::once(first).chain(others).collect()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 9] = ["fietsen", "stalling", "fiets", "kap", "vergunning", "stad", "huis", "bewoners", "en"];

    fn split(word: &str) -> Vec<&'static str> {
        let find = |part: &str| KNOWN.iter().position(|known| *known == part);
        parts(word, find, |_| 1e-4).into_iter().map(|row| KNOWN[row]).collect()
    }

    #[test]
    fn parts_compounds_with_or_without_a_joining_s() {
        assert_eq!(split("fietsenstalling"), ["fietsen", "stalling"]);
        assert_eq!(split("kapvergunning"), ["kap", "vergunning"]);
        assert_eq!(split("stadshuis"), ["stad", "huis"]);
        assert_eq!(split("bewonersvergunning"), ["bewoners", "vergunning"]);
        assert_eq!(split("fietsstallingskapvergunning"), Vec::<&str>::new(), "four are too many");
        assert_eq!(split("onbekend"), Vec::<&str>::new());
        assert_eq!(split("kap"), Vec::<&str>::new());
    }
}
