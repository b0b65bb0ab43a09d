//! What an alderman said.

use leptos::prelude::*;
use shared::{Language, Moment, sentences::citizen::Citizen, views::Answer};

use super::Paragraphs;

/// The words, and beneath them who said them, how and when.
#[component]
pub fn AnswerBlock(lang: Language, answer: Answer, now: Moment) -> impl IntoView {
    let by = Citizen(lang).answered_by(&answer, &now);
    view! {
        <div class="answer">
            <Paragraphs text=answer.text />
            <p class="by"><bdi>{by}</bdi></p>
        </div>
    }
}
