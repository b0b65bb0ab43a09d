//! `/{hashtag}/wall`: for a projector, and as a frame on another site.

use leptos::prelude::*;
use shared::sentences::citizen::Citizen;

use super::{Bundle, Head, document};
pub use crate::islands::WallPage;
use crate::{
    Shell,
    islands::{First, WallScreen},
};

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
    let screen = view! { <WallScreen shell=First(shell.clone()) page=First(page)/> };
    document(shell, head, screen)
}
