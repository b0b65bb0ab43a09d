//! When there is nothing to show: what is wrong, and where to go.

use leptos::prelude::*;
use shared::{
    Refusal,
    sentences::{front::Front, problems},
};

use super::{Head, document};
use crate::{Shell, components::LanguageSwitch};

/// A refusal as a page of its own.
pub fn problem(shell: &Shell, refusal: &Refusal) -> String {
    let say = Front(shell.lang);
    let title = problems::title(shell.lang, refusal);
    let head = Head {
        title: title.to_owned(),
        description: problems::detail(shell.lang, refusal),
        class: "small",
        island: None,
        robots: false,
    };
    let body = view! {
        <main id="content" tabindex="-1">
            <h1>{title}</h1>
            <p>{problems::detail(shell.lang, refusal)}</p>
            <p><a class="btn" href="/">{say.home()}</a></p>
        </main>
        <footer class="bottom"><LanguageSwitch lang=shell.lang path=shell.path.clone() /></footer>
    };
    document(shell, head, body)
}
