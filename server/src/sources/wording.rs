//! The words of what is said on the networks.

use conversation::{Details, Said, Saying};
use shared::{Language, commands::Elsewhere, sentences::replies};

use super::outbox::Written;

/// The message for what is to be said of a session, with addresses below `base` (without a slash at its end).
pub fn write(saying: &Saying, details: &Details, base: &str) -> Written {
    let own = saying.language.as_deref().and_then(Language::from_tag);
    let language = own.unwrap_or_else(|| details.languages.first().copied().unwrap_or_default());
    let hashtag = details.hashtag.as_str();
    let session = format!("{base}/{hashtag}");
    let at = |elsewhere: &Elsewhere| format!("{base}/{}/q/{}", elsewhere.hashtag, elsewhere.question);
    let question = saying.question.map_or_else(|| session.clone(), |question| format!("{session}/q/{question}"));
    let (text, link) = match &saying.what {
        Said::Answered { text, by } => (replies::answered(language, by, text), question),
        Said::Bundled { lead } => (replies::bundled(language, lead), question),
        Said::Staged => (replies::staged(language).to_owned(), question),
        // Its own page is nobody's to read.
        Said::Declined { reason, note, answer } => {
            (replies::declined(language, *reason, note.as_deref()), answer.as_ref().map_or(session, at))
        }
        Said::Announced { text } => (format!("{text} #{hashtag}"), session),
    };
    let (thread, author) = saying.thread.clone().unzip();
    Written { thread, author, text, link: Some(link), language: language.tag().to_owned() }
}
