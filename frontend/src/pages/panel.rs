//! The session screen of the aldermen.

use leptos::prelude::*;
use shared::{sentences::panel::Panel as Say, views::PanelView};

use super::{Bundle, Head, document};
use crate::{Shell, islands::panel::SessionPanel};

/// What the panel's screen starts from.
pub struct PanelPage {
    /// The session as the panel sees it.
    pub view: PanelView,
    /// The name that was given at the door.
    pub me: String,
}

/// The page at `/{hashtag}/panel`.
pub fn panel(shell: &Shell, page: PanelPage) -> String {
    let session = &page.view.session.public;
    let head = Head {
        title: format!("{} #{}", Say(shell.lang).title(), session.hashtag),
        description: session.title.clone(),
        class: "panel-page",
        island: Some(Bundle::Staff),
        robots: false,
    };
    document(shell, head, view! { <SessionPanel view=page.view me=page.me shell=shell.clone()/> })
}
