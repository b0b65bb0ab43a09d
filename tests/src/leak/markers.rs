//! Words that occur nowhere else, and what of them may be public now.

use std::collections::BTreeSet;

use shared::{
    QuestionId, Status,
    views::{ModeratorCard, ModeratorView},
};

const EDGE: &str = "zq";
const DIGITS: usize = 5;

/// Makes markers and finds them again.
#[derive(Default)]
pub struct Markers(usize);

/// What is public at one moment, and what is not.
pub struct Known {
    /// Markers that anybody may see.
    pub public: BTreeSet<String>,
    /// Markers of drafts, which the panel may see too.
    pub drafts: BTreeSet<String>,
    /// Every question, hidden or not.
    pub all: Vec<QuestionId>,
    /// Questions that never were public.
    pub never_shown: Vec<QuestionId>,
    /// Keys and tokens.
    pub keys: Vec<String>,
    /// What moderators see.
    pub view: ModeratorView,
}

impl Markers {
    /// One that was not used before.
    pub fn next(&mut self) -> String {
        self.0 += 1;
        format!("{EDGE}{:0DIGITS$}{EDGE}", self.0)
    }

    /// All markers in a text, each once.
    pub fn in_text(text: &str) -> Vec<String> {
        let length = DIGITS + 2 * EDGE.len();
        let lower = text.to_lowercase();
        let found: BTreeSet<String> = lower
            .match_indices(EDGE)
            .filter_map(|(at, _)| lower.get(at..at + length))
            .filter(|word| {
                word.ends_with(EDGE) && word[EDGE.len()..EDGE.len() + DIGITS].bytes().all(|c| c.is_ascii_digit())
            })
            .map(str::to_owned)
            .collect();
        found.into_iter().collect()
    }
}

impl Known {
    /// What may be public of what moderators see.
    pub fn public_of(view: &ModeratorView) -> BTreeSet<String> {
        let mut public: Vec<&str> = Vec::new();
        for card in view.questions.values().map(|card| &card.card).filter(|card| is_public(card.status)) {
            public.push(&card.text);
            public.extend(card.name.as_deref());
            public.extend(card.link.as_deref());
            public.extend(card.answer.as_ref().map(|answer| answer.text.as_str()));
        }
        public.extend(view.session.public.banner.as_ref().map(|banner| banner.text.as_str()));
        public.into_iter().flat_map(Markers::in_text).collect()
    }

    /// What the desk of civil servants may see: what was sent to it, where it went, and what it wrote.
    pub fn for_the_desk(&self) -> BTreeSet<String> {
        let cards = &self.view.questions;
        let lead = |card: &ModeratorCard| card.card.lead.unwrap_or(card.card.id);
        let open = |status: Status| is_public(status) || status == Status::Waiting;
        let sent = cards.values().filter(|card| cards[&lead(card)].routed.is_some() && open(card.card.status));
        let told = sent.map(|card| (&card.card, &card.routed, &card.briefing, &card.proposal));
        let told = told.map(|told| format!("{told:?}")).collect::<Vec<_>>().concat();
        self.public.iter().cloned().chain(Markers::in_text(&told)).collect()
    }

    /// What in a public text should not be there.
    pub fn leaks(&self, outlet: &str, text: &str) -> Vec<String> {
        let mut found = self.markers_besides(outlet, text, &self.public);
        let hidden = self.never_shown.iter().filter(|id| text.contains(&id.to_string()));
        found.extend(hidden.map(|id| format!("{outlet}: hidden id {id}")));
        found.extend(self.keys.iter().filter(|key| text.contains(*key)).map(|_| format!("{outlet}: a key")));
        found
    }

    /// The markers in a text that are not among these.
    pub fn markers_besides(&self, outlet: &str, text: &str, allowed: &BTreeSet<String>) -> Vec<String> {
        let markers = Markers::in_text(text).into_iter().filter(|marker| !allowed.contains(marker));
        markers.map(|marker| format!("{outlet}: marker {marker} of {}", self.whose(&marker))).collect()
    }

    fn whose(&self, marker: &str) -> String {
        let owner = self
            .view
            .questions
            .values()
            .find(|card| serde_json::to_string(card).is_ok_and(|json| json.contains(marker)));
        owner.map_or_else(
            || "something else".to_owned(),
            |card| format!("a question that is {}", card.card.status.word()),
        )
    }
}

/// Whether everybody sees a question in this status.
pub fn is_public(status: Status) -> bool {
    matches!(status, Status::Shown | Status::OnStage | Status::Answered)
}

#[test]
fn markers_are_found_again() {
    let mut markers = Markers::default();
    let (one, two) = (markers.next(), markers.next());
    assert_eq!(Markers::in_text(&format!("a #{one} {}{two} zq123zq", two.to_uppercase())), [one, two]);
}
