//! `/{hashtag}`: where citizens ask.

use shared::sentences::citizen::Citizen;

use super::{Bundle, Head, document};
pub use crate::islands::{AskForm, CitizenPage};
use crate::{Shell, islands::citizen_screen};

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
    let screen = citizen_screen(shell.clone(), page);
    document(shell, head, screen)
}
