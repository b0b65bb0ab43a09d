//! What there is to choose from when one wants to see only some: the labels, topics, languages and
//! departments in use. Gathered when somebody wants to choose, a slice at a time.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::{hashtag, views::ModeratorCard};

use super::{sift::in_slices, state::Desk};
use crate::browser;

/// What is in use.
#[derive(Clone, Copy)]
pub struct Facets {
    /// As it was when somebody last wanted to choose.
    pub known: RwSignal<InUse>,
    gathers: StoredValue<bool>,
}

/// Words in use, sorted, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InUse {
    /// Of questions, without `#`.
    pub topics: Vec<String>,
    /// ISO 639-1 codes.
    pub languages: Vec<String>,
    /// What colleagues put on questions.
    pub labels: Vec<String>,
    /// Where questions were sent.
    pub departments: Vec<String>,
}

#[derive(Default)]
struct Gathered([BTreeMap<String, String>; 4]);

impl Facets {
    /// Nobody asked yet.
    pub fn unknown() -> Self {
        Self { known: RwSignal::new(InUse::default()), gathers: StoredValue::new(false) }
    }
}

impl Desk {
    /// Gathers what is in use.
    pub fn learn_facets(self) {
        if self.facets.gathers.get_value() {
            return;
        }
        self.facets.gathers.set_value(true);
        let gathered = StoredValue::new(Gathered::default());
        let ids: Vec<_> = self.live.view.with_untracked(|view| view.questions.keys().copied().collect());
        let each = move |id| {
            self.live.view.with_untracked(|view| {
                if let Some(card) = view.card(id) {
                    gathered.update_value(|gathered| gathered.take(card));
                }
            });
            true
        };
        browser::after(0, move || {
            in_slices(ids, each, move || {
                self.facets.gathers.set_value(false);
                gathered.update_value(|gathered| self.facets.known.set(std::mem::take(gathered).in_use()));
            });
        });
    }
}

impl Gathered {
    fn take(&mut self, card: &ModeratorCard) {
        let mut add = |kind: usize, word: &String| {
            self.0[kind].entry(hashtag::fold(word)).or_insert_with(|| word.clone());
        };
        card.card.topics.iter().for_each(|topic| add(0, topic));
        card.language.iter().for_each(|language| add(1, language));
        card.labels.iter().for_each(|label| add(2, label));
        card.routed.iter().for_each(|routed| add(3, &routed.department));
    }

    fn in_use(self) -> InUse {
        let [topics, languages, labels, departments] = self.0.map(|words| words.into_values().collect());
        InUse { topics, languages, labels, departments }
    }
}

/// The lists that fields offer.
#[component]
pub fn Offered() -> impl IntoView {
    let known = Desk::here().facets.known;
    let options =
        |words: Vec<String>| words.into_iter().map(|word| view! { <option value=word></option> }).collect_view();
    view! {
        <datalist id=super::labels::KNOWN>{move || options(known.with(|known| known.labels.clone()))}</datalist>
        <datalist id=super::route::KNOWN>{move || options(known.with(|known| known.departments.clone()))}</datalist>
    }
}

#[cfg(test)]
mod tests {
    use shared::Status;

    use super::*;
    use crate::islands::desk::sample::card;

    #[test]
    fn words_are_offered_once_in_the_spelling_that_came_first() {
        let mut gathered = Gathered::default();
        for (id, labels) in [(1, ["Later", "wegen"]), (2, ["later", "Bomen"])] {
            let mut card = card(id, "?", Status::Waiting);
            card.labels = labels.map(str::to_owned).into();
            gathered.take(&card);
        }
        assert_eq!(gathered.in_use().labels, ["Bomen", "Later", "wegen"]);
    }
}
