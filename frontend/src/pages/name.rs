//! `/{hashtag}/moderate` and `/panel` on the first visit: how colleagues may call somebody.

use leptos::prelude::*;
use shared::{
    Refusal, Role,
    sentences::{front::Front, problems},
};

use super::{Head, document};
use crate::{
    Shell,
    components::{LanguageSwitch, Tag},
};

/// What the page that asks for a name shows.
pub struct NamePage {
    /// The session's.
    pub hashtag: String,
    /// What the key opened.
    pub role: Role,
    /// Where to go with the name.
    pub back: String,
    /// Why an earlier name was refused.
    pub refusal: Option<Refusal>,
}

/// The page that asks for a name.
pub fn name(shell: &Shell, page: NamePage) -> String {
    let say = Front(shell.lang);
    let head = Head {
        title: format!("{} #{}", say.door(page.role), page.hashtag),
        description: say.who_are_you().to_owned(),
        class: "small",
        island: None,
        robots: false,
    };
    let problem = page.refusal.as_ref().map(|refusal| problems::detail(shell.lang, refusal));
    let wrong = problem.is_some();
    let body = view! {
        <main id="content" tabindex="-1">
            <p class="where"><Tag hashtag=page.hashtag.clone() /> " " <span class="soft">{say.door(page.role)}</span></p>
            <h1 id="who">{say.who_are_you()}</h1>
            <p id="why">{say.why_name()}</p>
            <form method="post" action=format!("/{}/name", page.hashtag)>
                <label for="name">{say.your_name()}</label>
                <input
                    id="name"
                    name="name"
                    dir="auto"
                    required
                    maxlength="120"
                    autocomplete="given-name"
                    aria-describedby="why name-problem"
                    aria-invalid=wrong.then_some("true")
                />
                <p class="error" id="name-problem">{problem}</p>
                <input type="hidden" name="back" value=page.back />
                <button class="btn">{say.start()}</button>
            </form>
        </main>
        <footer class="bottom"><LanguageSwitch lang=shell.lang path=shell.path.clone() /></footer>
    };
    document(shell, head, body)
}
