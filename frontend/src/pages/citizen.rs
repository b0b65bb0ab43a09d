//! `/{hashtag}`: where citizens ask.

use leptos::prelude::*;
use shared::{
    QuestionId,
    sentences::citizen::Citizen,
    views::{Mine, PublicView},
};

use super::{Bundle, Head, document};
pub use crate::islands::AskForm;
use crate::{Shell, Sort, islands::CitizenScreen};

/// What the citizen page shows.
pub struct CitizenPage {
    /// The public view.
    pub view: PublicView,
    /// The participant's own part.
    pub mine: Mine,
    /// The order of the list.
    pub sort: Sort,
    /// What the list is narrowed to.
    pub topic: Option<String>,
    /// What is searched for.
    pub search: Option<String>,
    /// What was filled in, when the form came back.
    pub form: AskForm,
    /// The question that was just asked.
    pub arrived: Option<QuestionId>,
    /// Whether this browser is a participant already.
    pub has_cookie: bool,
}

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
    let inside = shell.clone();
    let screen = view! {
        <CitizenScreen
            shell=inside
            view=page.view
            mine=page.mine
            sort=page.sort
            topic=page.topic
            search=page.search
            form=page.form
            arrived=page.arrived
            has_cookie=page.has_cookie
        />
    };
    document(shell, head, screen)
}
