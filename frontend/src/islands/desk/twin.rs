//! The question that a waiting one is nearest to, on its card, with one key to bundle it there or, when
//! that was answered, to send its asker to the answer.

use leptos::prelude::*;
use shared::{
    QuestionId, Status,
    commands::Elsewhere,
    views::{ModeratorCard, Near},
};

use super::{keys::Deed, state::Desk};

/// From this chance on, in percents, it is said to be the same; below it, to be close.
const SURE: u8 = 50;

/// What a waiting question is nearest to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Nearest {
    /// A question of this session to bundle it under.
    pub twin: Option<Twin>,
    /// An answer that is there already.
    pub answered: Option<Answered>,
}

/// A question that says the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    /// Which.
    pub id: QuestionId,
    /// Its words.
    pub text: String,
    /// How many people stand behind it.
    pub support: u32,
    /// About the chance that it means the same, in percents.
    pub score: u8,
}

/// A question that was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// Where it is.
    pub place: Elsewhere,
    /// Its words.
    pub text: String,
    /// What was answered.
    pub answer: String,
}

/// Reads what is near in the light of what the cards are now.
pub fn nearest<'a>(near: &[Near], hashtag: &str, card: impl Fn(QuestionId) -> Option<&'a ModeratorCard>) -> Nearest {
    let mut found = Nearest::default();
    for near in near {
        if let Some(elsewhere) = &near.elsewhere {
            found.answered.get_or_insert_with(|| Answered {
                place: Elsewhere { hashtag: elsewhere.hashtag.clone(), question: near.question },
                text: elsewhere.text.clone(),
                answer: elsewhere.answer.clone(),
            });
            continue;
        }
        let Some(card) = card(near.question).map(|card| &card.card) else { continue };
        match (&card.status, &card.answer) {
            (Status::Answered, Some(answer)) => {
                found.answered.get_or_insert_with(|| Answered {
                    place: Elsewhere { hashtag: hashtag.to_owned(), question: card.id },
                    text: card.text.clone(),
                    answer: answer.text.clone(),
                });
            }
            (Status::Shown | Status::OnStage, _) if card.lead.is_none() => {
                found.twin.get_or_insert_with(|| Twin {
                    id: card.id,
                    text: card.text.clone(),
                    support: card.support,
                    score: near.score,
                });
            }
            _ => {}
        }
    }
    found
}

impl Desk {
    /// What a waiting question is nearest to now.
    pub fn nearest_now(self, id: QuestionId) -> Nearest {
        let near = self.near_now(id);
        self.live
            .view
            .with_untracked(|view| self.hashtag.with_value(|hashtag| nearest(&near, hashtag, |id| view.card(id))))
    }

    /// The same, followed, with what it is near.
    pub fn nearest(self, id: QuestionId) -> Memo<Nearest> {
        let near = self.near(id);
        Memo::new(move |_| {
            for near in near.get() {
                self.changes(near.question).track();
            }
            self.nearest_now(id)
        })
    }
}

/// The nearest one, named.
#[component]
pub fn Named(id: QuestionId, nearest: Memo<Nearest>) -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let selected = desk.is_selected(id);
    let busy = RwSignal::from(desk.work(id).busy);
    let button = move |deed: Deed, key: &'static str| {
        view! {
            <button
                type="button"
                class="btn desk-deed"
                tabindex=move || if selected.get() { "0" } else { "-1" }
                aria-disabled=move || busy.get().then_some("true")
                aria-keyshortcuts=deed.key()
                on:click=move |_| desk.act(id, deed)
            >
                {desk.label(deed)}
                <kbd aria-hidden="true">{key}</kbd>
            </button>
        }
    };
    view! {
        {move || nearest.with(|nearest| nearest.answered.clone()).map(|answered| view! {
            <div class="desk-twin">
                <div>
                    <p><b>{say.twin_answered()}</b>" "<span dir="auto">{answered.text}</span></p>
                    <p class="soft desk-twin-answer" dir="auto">{answered.answer}</p>
                </div>
                {button(Deed::Refer, "V")}
            </div>
        })}
        {move || nearest.with(|nearest| nearest.twin.clone()).map(|twin| view! {
            <div class="desk-twin">
                <p>
                    <b>{if twin.score >= SURE { say.twin() } else { say.twin_perhaps() }}</b>" "<span dir="auto">{twin.text}</span>" "
                    <span class="soft num">{say.support(u64::from(twin.support))}</span>
                </p>
                {button(Deed::Twin, "B")}
            </div>
        })}
    }
}

#[cfg(test)]
mod tests {
    use shared::{
        Moment,
        views::{Answer, NearElsewhere},
    };

    use super::*;
    use crate::islands::desk::sample::card;

    fn near(id: u64) -> Near {
        Near { question: QuestionId(id), score: 80, elsewhere: None }
    }

    #[test]
    fn the_first_that_is_shown_is_the_twin_and_the_first_that_was_answered_the_answer() {
        let mut answered = card(1, "Wanneer?", Status::Answered);
        let at = Moment("2026-05-12T14:00:00+02:00".into());
        answered.card.answer =
            Some(Answer { text: "Morgen.".into(), spoken: false, by: "Judith".into(), at, corrected: false });
        let cards = [
            answered,
            card(2, "Waar?", Status::Shown),
            card(3, "Hoe?", Status::Shown),
            card(4, "Wie?", Status::Declined),
        ];
        let find = |id: QuestionId| cards.iter().find(|card| card.card.id == id);
        let found = nearest(&[near(4), near(9), near(1), near(2), near(3)], "Fiets", find);
        assert_eq!(found.twin.map(|twin| twin.id), Some(QuestionId(2)));
        let answered = found.answered.expect("there is an answer");
        assert_eq!((answered.place.hashtag.as_str(), answered.place.question), ("Fiets", QuestionId(1)));
        assert_eq!(answered.answer, "Morgen.");
        assert_eq!(nearest(&[], "Fiets", find), Nearest::default());
    }

    #[test]
    fn an_answer_elsewhere_says_where() {
        let there = NearElsewhere { hashtag: "Vorig".into(), text: "Wanneer?".into(), answer: "In mei.".into() };
        let found = nearest(&[Near { elsewhere: Some(there), ..near(5) }], "Fiets", |_| None);
        assert_eq!(found.twin, None);
        assert_eq!(found.answered.map(|answered| answered.place.hashtag), Some("Vorig".into()));
    }
}
