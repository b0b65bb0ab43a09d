//! What is different between two texts, word by word.

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// In both.
    Same(String),
    /// Only in the old text.
    Out(String),
    /// Only in the new one.
    In(String),
}

/// The runs that lead from the old text to the new, what went out before what came in. As many words
/// as can stay do. Spaces between words do not matter, the ends of lines do.
pub fn words(old: &str, new: &str) -> Vec<Run> {
    let (old, new) = (pieces(old), pieces(new));
    let common = common(&old, &new);
    let width = new.len() + 1;
    let (mut i, mut j) = (0, 0);
    let mut runs = Runs::default();
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            runs.same(old[i]);
            i += 1;
            j += 1;
        } else if j == new.len() || (i < old.len() && common[(i + 1) * width + j] >= common[i * width + j + 1]) {
            runs.out.push(old[i]);
            i += 1;
        } else {
            runs.into.push(new[j]);
            j += 1;
        }
    }
    runs.settle();
    runs.done
}

/// The words of a text, and each end of a line.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for (number, line) in text.trim().lines().enumerate() {
        if number > 0 {
            pieces.push("\n");
        }
        pieces.extend(line.split_whitespace());
    }
    pieces
}

/// For each pair of places, how many pieces the rests after them have in common, in order.
fn common(old: &[&str], new: &[&str]) -> Vec<u16> {
    let width = new.len() + 1;
    let mut common = vec![0_u16; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i * width + j] = if old[i] == new[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    common
}

#[derive(Default)]
struct Runs<'a> {
    done: Vec<Run>,
    same: Vec<&'a str>,
    out: Vec<&'a str>,
    into: Vec<&'a str>,
}

impl<'a> Runs<'a> {
    fn same(&mut self, piece: &'a str) {
        if !(self.out.is_empty() && self.into.is_empty()) {
            self.settle();
        }
        self.same.push(piece);
    }

    /// Closes what is open.
    fn settle(&mut self) {
        let kinds = [(&self.same, Run::Same as fn(String) -> Run), (&self.out, Run::Out), (&self.into, Run::In)];
        let runs =
            kinds.into_iter().filter(|(pieces, _)| !pieces.is_empty()).map(|(pieces, kind)| kind(joined(pieces)));
        self.done.extend(runs);
        for pieces in [&mut self.same, &mut self.out, &mut self.into] {
            pieces.clear();
        }
    }
}

/// Pieces as a text again.
fn joined(pieces: &[&str]) -> String {
    let mut text = String::new();
    for piece in pieces {
        if !(text.is_empty() || text.ends_with('\n') || *piece == "\n") {
            text.push(' ');
        }
        text.push_str(piece);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(old: &str, new: &str) -> String {
        let told = words(old, new).into_iter().map(|run| match run {
            Run::Same(words) => words,
            Run::Out(words) => format!("[-{words}]"),
            Run::In(words) => format!("[+{words}]"),
        });
        told.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_word_that_became_another_goes_out_before_the_new_one_comes_in() {
        assert_eq!(
            told("Waarom is de stalling vol?", "Waarom is de fietsenstalling altijd vol?"),
            "Waarom is de [-stalling] [+fietsenstalling altijd] vol?"
        );
    }

    #[test]
    fn as_many_words_as_can_stay_do() {
        assert_eq!(told("a b c d", "b c x d"), "[-a] b c [+x] d");
        assert_eq!(told("een twee", "twee een twee"), "[+twee] een twee");
    }

    #[test]
    fn nothing_in_common_and_nothing_at_all_are_fine() {
        assert_eq!(told("a b", "c d"), "[-a b] [+c d]");
        assert_eq!(told("", "c"), "[+c]");
        assert_eq!(told("a", ""), "[-a]");
        assert_eq!(words("", ""), []);
    }

    #[test]
    fn spaces_do_not_matter_and_ends_of_lines_do() {
        assert_eq!(words("a  b ", "a b"), [Run::Same("a b".into())]);
        assert_eq!(words("a b", "a\nb"), [Run::Same("a".into()), Run::In("\n".into()), Run::Same("b".into())]);
        assert_eq!(words("a\nb", "a\nb"), [Run::Same("a\nb".into())]);
    }

    #[test]
    fn the_runs_hold_both_texts() {
        let (old, new) = ("de kat zit op de mat\nen slaapt", "een kat ligt op de warme mat\nen snurkt");
        let runs = words(old, new);
        let side = |skip: fn(&Run) -> bool| {
            let kept: Vec<&str> = runs
                .iter()
                .filter(|run| !skip(run))
                .map(|(Run::Same(words) | Run::Out(words) | Run::In(words))| words.as_str())
                .collect();
            kept.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(side(|run| matches!(run, Run::In(_))), old.replace('\n', " "));
        assert_eq!(side(|run| matches!(run, Run::Out(_))), new.replace('\n', " "));
    }
}
