//! The moderators' desk.

use leptos::prelude::*;
use shared::{sentences::desk::Desk as Say, views::ModeratorView};

use super::{Bundle, Head, document};
use crate::{Shell, islands::desk::ModeratorsDesk};

/// What the desk starts from.
pub struct DeskPage {
    /// The session as moderators see it.
    pub view: ModeratorView,
    /// The name that the moderator gave.
    pub me: String,
}

/// The page at `/{hashtag}/moderate`.
pub fn moderate(shell: &Shell, page: DeskPage) -> String {
    let session = &page.view.session.public;
    let head = Head {
        title: format!("{} #{}", Say(shell.lang).title(), session.hashtag),
        description: session.title.clone(),
        class: "desk-page",
        island: Some(Bundle::Staff),
        robots: false,
    };
    document(shell, head, view! { <ModeratorsDesk view=page.view me=page.me shell=shell.clone()/> })
}
