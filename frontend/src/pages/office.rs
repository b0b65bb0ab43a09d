//! `/{hashtag}/desk`: the desk of civil servants.

use leptos::prelude::*;
use shared::{QuestionId, sentences::office::Office as Say, views::DeskView};

use super::{Bundle, Head, document};
use crate::{Shell, islands::office::DepartmentDesk};

/// What the desk of civil servants starts from.
pub struct OfficePage {
    /// The session as the desk sees it.
    pub view: DeskView,
    /// The name that was given at the door.
    pub me: String,
    /// Whose questions are listed; empty for all.
    pub department: String,
    /// The question that is open.
    pub question: Option<QuestionId>,
}

/// The page at `/{hashtag}/desk`.
pub fn office(shell: &Shell, page: OfficePage) -> String {
    let session = &page.view.session.public;
    let head = Head {
        title: format!("{} #{}", Say(shell.lang).title(), session.hashtag),
        description: session.title.clone(),
        class: "office-page",
        island: Some(Bundle::Staff),
        robots: false,
    };
    let OfficePage { view, me, department, question } = page;
    document(shell, head, view! { <DepartmentDesk view me department question shell=shell.clone()/> })
}
