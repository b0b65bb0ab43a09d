//! `/{hashtag}`: where citizens ask.

use leptos::prelude::*;
use shared::sentences::citizen::Citizen;

use super::{Bundle, Head, document};
pub use crate::islands::{AskForm, CitizenPage};
use crate::{
    Shell,
    islands::{CitizenScreen, First},
};

/// The citizen page.
pub fn citizen(shell: &Shell, page: CitizenPage) -> String {
    let session = &page.view.session;
    let say = Citizen(shell.lang);
    let description = match session.introduction.trim() {
        "" => say.invitation(session.phase).to_owned(),
        words => words.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    let head = Head {
        title: say.window_title(&session.hashtag, &session.title),
        description,
        class: "citizen",
        island: Some(Bundle::Citizens),
        robots: true,
    };
    let screen = view! { <CitizenScreen shell=First(shell.clone()) page=First(page)/> };
    document(shell, head, screen)
}
