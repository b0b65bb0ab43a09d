//! The words of a text, as they may be meant: with digits and signs for letters, letters apart, letters
//! repeated, and hashtags made of several words.

use crate::plain::Plain;

/// More pieces than this are not read as one word.
const MOST_JOINED: usize = 20;
/// What Dutch puts before a noun to curse it, joined to it or not.
const CURSES: &[&str] = &["kut", "klote", "tering", "tyfus", "klere", "kolere", "takke", "pokke"];

/// What stands between two white spaces or signs.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub from: usize,
    pub to: usize,
    /// Whether only a space or a dash parts it from the one before.
    pub follows: bool,
    /// As written, then with letters that are repeated three times or more once and twice.
    spellings: Vec<Vec<char>>,
}

/// The pieces of a text, in order, and those that may be one word together.
pub(super) struct Words {
    pub pieces: Vec<Piece>,
    pub joined: Vec<Piece>,
}

impl Words {
    pub fn of(plain: &Plain) -> Self {
        let pieces = pieces(plain);
        let mut joined = joined(plain, &pieces);
        for piece in &pieces {
            if plain.text[..piece.from].ends_with('#') {
                joined.extend(parts(plain, piece));
            }
        }
        Self { pieces, joined }
    }
}

impl Piece {
    fn new(plain: &Plain, from: usize, to: usize, follows: bool) -> Self {
        Self {
            from,
            to,
            follows,
            spellings: spellings(plain.text[from..to].chars().filter(|&c| is_piece(c)).collect()),
        }
    }

    /// How it may be spelled; none when there are not enough real letters to be one word.
    pub fn spellings(&self) -> &[Vec<char>] {
        &self.spellings
    }

    /// Without the sign that it begins with.
    pub fn bare(&self) -> Option<Self> {
        let bare: Vec<char> = self.spellings.first().filter(|letters| matches!(letters[0], '@' | '$'))?[1..].to_vec();
        Some(Self { from: self.from + 1, spellings: spellings(bare), ..*self })
    }
}

/// Whether a character may stand for this letter.
pub(super) fn reads_as(seen: char, letter: char) -> bool {
    seen == letter || seen == '*' || readings(seen).any(|reading| reading == letter)
}

/// The letters that a character may stand for, itself among them.
pub(super) fn readings(seen: char) -> impl Iterator<Item = char> {
    let others: &[char] = match seen {
        '0' => &['o'],
        '1' | '!' | '|' => &['i', 'l'],
        '2' => &['z'],
        '3' | '€' => &['e'],
        '4' | '@' => &['a'],
        '5' | '$' => &['s'],
        '6' => &['g', 'b'],
        '7' | '+' => &['t'],
        '8' => &['b'],
        '9' => &['g'],
        _ => &[],
    };
    std::iter::once(seen).chain(others.iter().copied())
}

fn is_piece(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '@' | '$' | '!' | '|' | '*' | '€' | '+')
}

fn pieces(plain: &Plain) -> Vec<Piece> {
    let text = &plain.text;
    let mut pieces: Vec<Piece> = Vec::new();
    let mut from = 0;
    for stretch in text.split(|c: char| !is_piece(c)) {
        let to = from + stretch.len();
        // A sign at the end belongs to the sentence; one before may be a letter.
        let inner =
            stretch.trim_end_matches(['@', '!', '|', '*', '€', '+']).trim_start_matches(['!', '|', '*', '€', '+']);
        if !inner.is_empty() {
            let start = from + stretch.find(inner).unwrap_or(0);
            let gap = pieces.last().map_or("", |last: &Piece| &text[last.to..start]);
            let follows = !gap.is_empty() && gap.chars().all(|c| matches!(c, ' ' | '-' | '_'));
            pieces.push(Piece::new(plain, start, start + inner.len(), follows));
        }
        from = to + text[to..].chars().next().map_or(0, char::len_utf8);
    }
    pieces
}

/// Neighbours that may be one word: single letters with something between them, or what only a sign
/// parts. Each stretch of them is tried from every piece to every other.
fn joined(plain: &Plain, pieces: &[Piece]) -> Vec<Piece> {
    let mut joined = Vec::new();
    for (at, first) in pieces.iter().enumerate() {
        let mut last = first;
        for next in pieces[at + 1..].iter().take(MOST_JOINED) {
            if !may_join(plain, last, next) {
                break;
            }
            joined.push(Piece::new(plain, first.from, next.to, false));
            last = next;
        }
    }
    joined
}

fn may_join(plain: &Plain, one: &Piece, next: &Piece) -> bool {
    let gap = &plain.text[one.to..next.from];
    let single = |piece: &Piece| plain.text[piece.from..piece.to].chars().nth(1).is_none();
    if next.follows && CURSES.contains(&&plain.text[one.from..one.to]) {
        return true;
    }
    if single(one) && single(next) {
        return gap.len() <= 3 && !gap.contains('\n');
    }
    matches!(gap, "-" | "." | "_" | "'" | "/" | "~" | "," | "·")
}

/// The words of a hashtag, as its capitals part them.
fn parts(plain: &Plain, piece: &Piece) -> Vec<Piece> {
    let mut parts = Vec::new();
    let mut from = piece.from;
    let starts = plain.text[piece.from..piece.to].char_indices().map(|(at, _)| piece.from + at).skip(1);
    for at in starts.filter(|&at| plain.starts_capital(at) && !plain.starts_capital(at - 1)) {
        parts.push(Piece::new(plain, from, at, false));
        from = at;
    }
    if from > piece.from {
        parts.push(Piece::new(plain, from, piece.to, false));
    }
    parts
}

fn spellings(letters: Vec<char>) -> Vec<Vec<char>> {
    let real = letters.iter().filter(|c| c.is_alphabetic()).count();
    if real < 2 || real * 2 < letters.len() {
        return Vec::new();
    }
    let repeats = letters.windows(3).any(|three| three[0] == three[1] && three[1] == three[2]);
    if !repeats {
        return vec![letters];
    }
    let once = at_most(&letters, 1);
    let twice = at_most(&letters, 2);
    vec![letters, once, twice]
}

/// With runs of three or more the same cut to so many.
fn at_most(letters: &[char], most: usize) -> Vec<char> {
    letters
        .chunk_by(|one, next| one == next)
        .flat_map(|run| if run.len() < 3 { run } else { &run[..most] })
        .copied()
        .collect()
}
