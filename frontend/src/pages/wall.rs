//! `/{hashtag}/wall`: for a projector, and as a frame on another site.

use shared::sentences::citizen::Citizen;

use super::{Bundle, Head, document};
pub use crate::islands::WallPage;
use crate::{Shell, islands::wall_screen};

/// The wall.
pub fn wall(shell: &Shell, page: WallPage) -> String {
    let session = &page.view.session;
    let say = Citizen(shell.lang);
    let head = Head {
        title: say.window_title(&session.hashtag, &session.title),
        description: say.invitation(session.phase).to_owned(),
        class: if page.embed { "wall embed" } else { "wall" },
        island: Some(Bundle::Wall),
        robots: false,
    };
    let screen = wall_screen(shell.clone(), page);
    document(shell, head, screen)
}
