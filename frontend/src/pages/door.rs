//! A staff page without its key: what is needed, and a place to enter it.

use leptos::prelude::*;
use shared::{Role, sentences::front::Front};

use super::{Head, document};
use crate::{
    Shell,
    components::{LanguageSwitch, Tag},
};

/// What the door shows.
pub struct DoorPage {
    /// The session's; none for the organiser's door.
    pub hashtag: Option<String>,
    /// What the key would open.
    pub role: Role,
    /// Whether a key was tried that does not fit.
    pub wrong_key: bool,
}

/// The page at a locked door.
pub fn door(shell: &Shell, page: DoorPage) -> String {
    let say = Front(shell.lang);
    let head = Head {
        title: say.need_key().to_owned(),
        description: say.how_to_get_key().to_owned(),
        class: "small",
        island: None,
        robots: false,
    };
    let action = page.hashtag.as_ref().map_or("/organise/enter".to_owned(), |hashtag| format!("/{hashtag}/enter"));
    let how = if page.role == Role::Organiser { say.organiser_key() } else { say.how_to_get_key() };
    let back = page.hashtag.as_ref().map_or("/".to_owned(), |hashtag| format!("/{hashtag}"));
    let body = view! {
        <main id="content" tabindex="-1">
            <p class="where">
                {page.hashtag.map(|hashtag| view! { <Tag hashtag=hashtag /> " " })}
                <span class="soft">{say.door(page.role)}</span>
            </p>
            <h1>{say.need_key()}</h1>
            <p id="how">{how}</p>
            <form method="post" action=action>
                <label for="key">{say.key()}</label>
                <input
                    id="key"
                    name="key"
                    type="password"
                    required
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="how key-problem"
                    aria-invalid=page.wrong_key.then_some("true")
                />
                <p class="error" id="key-problem">{page.wrong_key.then(|| say.wrong_key())}</p>
                <input type="hidden" name="role" value=page.role.word() />
                <button class="btn">{say.enter()}</button>
            </form>
        </main>
        <footer class="bottom">
            <a href=back>{say.home()}</a>
            <LanguageSwitch lang=shell.lang path=shell.path.clone() />
        </footer>
    };
    document(shell, head, body)
}
