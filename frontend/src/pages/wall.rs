//! `/{hashtag}/wall`: for a projector, and as a frame on another site.

use leptos::prelude::*;
use shared::{sentences::citizen::Citizen, views::PublicView};

use super::{Bundle, Head, document};
use crate::{Shell, islands::WallScreen};

/// What the wall shows.
pub struct WallPage {
    /// The public view.
    pub view: PublicView,
    /// A drawing of the address: an `<svg>` made by the server.
    pub qr: String,
    /// The address of the citizen page as people type it, without scheme.
    pub address: String,
    /// Whether it is a frame on another site.
    pub embed: bool,
}

/// The wall.
pub fn wall(shell: &Shell, page: WallPage) -> String {
    let session = &page.view.session;
    let say = Citizen(shell.lang);
    let head = Head {
        title: say.window_title(&session.hashtag, &session.title),
        description: say.invitation(session.phase).to_owned(),
        class: if page.embed { "wall embed" } else { "wall" },
        island: Some(Bundle::Citizens),
        robots: false,
    };
    let inside = shell.clone();
    let screen = view! {
        <WallScreen shell=inside view=page.view qr=page.qr address=page.address embed=page.embed />
    };
    document(shell, head, screen)
}
