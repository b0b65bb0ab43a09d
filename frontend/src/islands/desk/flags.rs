//! What in a question deserves a look: named under it, and marked in its words.

use leptos::prelude::*;
use shared::{
    flags::{Flag, FlagKind},
    views::ModeratorCard,
};

use super::state::Desk;
use crate::components::Masked;

/// A part of the words, and whether it is marked.
pub type Part = (String, bool);

/// The words with what was flagged marked. Places count characters (Unicode scalar values), as the
/// server gives them; those that lie outside the words, or overlap, are cut to what is there.
pub fn marked(text: &str, flags: &[Flag]) -> Vec<Part> {
    let mut spans: Vec<(usize, usize)> =
        flags.iter().filter(|flag| flag.has_place()).map(|flag| (flag.from as usize, flag.to as usize)).collect();
    spans.sort_unstable();
    let mut parts: Vec<Part> = Vec::new();
    let (mut from, mut chars) = (0, text.chars());
    let mut take = |many: usize, mark: bool, parts: &mut Vec<Part>| {
        let part: String = chars.by_ref().take(many).collect();
        if !part.is_empty() {
            parts.push((part, mark));
        }
    };
    for (start, end) in spans {
        let start = start.max(from);
        if end <= start {
            continue;
        }
        take(start - from, false, &mut parts);
        take(end - start, true, &mut parts);
        from = end;
    }
    take(usize::MAX, false, &mut parts);
    parts
}

/// Whether there is something that a block can be put over.
pub fn maskable(card: &ModeratorCard) -> bool {
    card.flags.iter().any(|flag| {
        use FlagKind::{Address, Bsn, Email, Iban, Phone, Plate};
        flag.has_place() && matches!(flag.kind, Phone | Email | Bsn | Iban | Plate | Address)
    })
}

/// The words of a card; a mark is no island of its own for right-to-left words.
#[component]
pub fn Words(#[prop(into)] parts: Signal<Vec<Part>>) -> impl IntoView {
    let lang = Desk::here().say.0;
    move || {
        let made = parts.get().into_iter().map(|(words, mark)| {
            if mark {
                view! { <mark>{words}</mark> }.into_any()
            } else {
                view! { <Masked text=words lang/> }.into_any()
            }
        });
        made.collect_view()
    }
}

/// What was seen, each kind once.
#[component]
pub fn Seen(flags: Memo<Vec<Flag>>) -> impl IntoView {
    let say = Desk::here().say;
    move || {
        flags.with(|flags| {
            let told = kinds(flags).into_iter().map(|(kind, saw)| {
                let saw = (!saw.is_empty()).then(|| view! { ": "<span dir="auto">{saw}</span> });
                view! { <li>{say.flag(kind)}{saw}</li> }
            });
            (!flags.is_empty()).then(|| view! { <ul class="desk-flags" role="list">{told.collect_view()}</ul> })
        })
    }
}

/// Each kind with what was seen of it.
fn kinds(flags: &[Flag]) -> Vec<(FlagKind, String)> {
    let mut kinds: Vec<(FlagKind, String)> = Vec::new();
    for flag in flags {
        match kinds.iter_mut().find(|(kind, _)| *kind == flag.kind) {
            Some((_, saw)) if flag.saw.is_empty() || *saw == flag.saw => {}
            Some((_, saw)) if saw.is_empty() => saw.push_str(&flag.saw),
            Some((_, saw)) => {
                saw.push_str(", ");
                saw.push_str(&flag.saw);
            }
            None => kinds.push((flag.kind, flag.saw.clone())),
        }
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flag(from: u32, to: u32, saw: &str) -> Flag {
        Flag { kind: FlagKind::Phone, from, to, saw: saw.into() }
    }

    fn told(text: &str, flags: &[Flag]) -> String {
        let parts = marked(text, flags);
        parts.iter().map(|(part, mark)| if *mark { format!("[{part}]") } else { part.clone() }).collect()
    }

    #[test]
    fn places_count_characters_also_after_emoji_and_in_arabic() {
        assert_eq!(told("Bel 06-1 nu", &[flag(4, 8, "")]), "Bel [06-1] nu");
        assert_eq!(told("🚲👍 06-1", &[flag(3, 7, "")]), "🚲👍 [06-1]");
        assert_eq!(told("اتصل 06-1 الآن", &[flag(5, 9, "")]), "اتصل [06-1] الآن");
    }

    #[test]
    fn places_that_overlap_or_lie_outside_lose_no_words() {
        assert_eq!(told("abcdef", &[flag(3, 9, ""), flag(1, 4, "")]), "a[bcd][ef]");
        assert_eq!(told("abc", &[flag(7, 9, ""), flag(0, 0, "")]), "abc");
        assert_eq!(told("", &[flag(0, 2, "")]), "");
    }

    #[test]
    fn each_kind_is_named_once() {
        assert_eq!(
            kinds(&[flag(0, 1, "06"), flag(2, 3, "06"), flag(4, 5, "010")]),
            [(FlagKind::Phone, "06, 010".into())]
        );
    }
}
