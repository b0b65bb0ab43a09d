//! A colleague changed a card just before a step with it: what changed, and whether one still wants to.

use std::sync::Arc;

use leptos::prelude::*;
use shared::{Act, Language, QuestionId, Status, sentences::common};

use super::{dom, state::Desk};

/// A step that was held up.
#[derive(Clone)]
pub struct Conflict {
    /// Who changed it.
    pub by: String,
    /// What they did.
    pub act: Act,
    /// The words when the step was made.
    pub words: String,
    /// Where the question stood when the step was made.
    pub status: Status,
    /// What the step is called.
    pub label: &'static str,
    /// Does it with the card as it is now.
    pub again: Arc<dyn Fn() + Send + Sync>,
}

/// The question whether one still wants to.
#[component]
pub fn Asked(id: QuestionId) -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let conflict = RwSignal::from(desk.work(id).conflict);
    let card = desk.card(id);
    let button = format!("q-{id}-anyway");
    move || {
        conflict.get().map(|held| {
            if desk.selected.get_untracked() == Some(id) {
                dom::focus_when_made(button.clone());
            }
            let Conflict { by, act, words, status, label, again } = held;
            let changes = move || {
                let now = card.get()?.card;
                let told =
                    differences(say.0, (&words, status), (&now.text, now.status)).into_iter().map(|(was, is)| {
                        view! {
                            <p><b>{say.before()}</b>" "<s dir="auto">{was}</s></p>
                            <p><b>{say.now()}</b>" "<span dir="auto">{is}</span></p>
                        }
                    });
                Some(told.collect_view())
            };
            view! {
                <div class="desk-asked" role="alert">
                    <p><b>{say.just_now(act, &by)}</b></p>
                    {changes}
                    <div class="desk-deeds">
                        <button type="button" class="btn desk-deed" id=button.clone() on:click=move |_| {
                            conflict.set(None);
                            again();
                            dom::focus(&dom::card(id));
                        }>{say.anyway(label)}<kbd aria-hidden="true">"↵"</kbd></button>
                        <button type="button" class="btn quiet desk-deed" on:click=move |_| {
                            conflict.set(None);
                            dom::focus(&dom::card(id));
                        }>{say.leave_it()}<kbd aria-hidden="true">"Esc"</kbd></button>
                    </div>
                </div>
            }
        })
    }
}

/// What was and what is now, in words, of a question that was so then and is so now.
fn differences(lang: Language, then: (&str, Status), now: (&str, Status)) -> Vec<(String, String)> {
    let mut differences = Vec::new();
    if then.1 != now.1 {
        differences.push((common::status(lang, then.1).to_owned(), common::status(lang, now.1).to_owned()));
    }
    if then.0 != now.0 {
        differences.push((then.0.to_owned(), now.0.to_owned()));
    }
    differences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_told_where_it_stands_first() {
        let told = |then, now| differences(Language::Nl, then, now);
        assert_eq!(told(("Hoe?", Status::Waiting), ("Hoe?", Status::Waiting)), []);
        assert_eq!(
            told(("Hoe?", Status::Waiting), ("Hoe dan?", Status::Waiting)),
            [("Hoe?".into(), "Hoe dan?".into())]
        );
        let both = told(("Hoe?", Status::Waiting), ("Hoe dan?", Status::Shown));
        assert_eq!(
            both[0],
            (common::status(Language::Nl, Status::Waiting).into(), common::status(Language::Nl, Status::Shown).into())
        );
        assert_eq!(both[1].1, "Hoe dan?");
    }
}
