//! Words that several screens share.

use super::Language;
use crate::{Phase, Source, Status};

/// A phase, as a visitor reads it.
pub fn phase(lang: Language, phase: Phase) -> &'static str {
    match phase {
        Phase::Announced => lang.pick("aangekondigd", "announced"),
        Phase::Open => lang.pick("open voor vragen", "open for questions"),
        Phase::Live => lang.pick("live", "live"),
        Phase::Closed => lang.pick("afgelopen", "over"),
        Phase::Archived => lang.pick("gearchiveerd", "archived"),
    }
}

/// Where a question stands, in one or two words.
pub fn status(lang: Language, status: Status) -> &'static str {
    match status {
        Status::Waiting => lang.pick("wacht", "waiting"),
        Status::Shown => lang.pick("getoond", "shown"),
        Status::OnStage => lang.pick("op het podium", "on stage"),
        Status::Answered => lang.pick("beantwoord", "answered"),
        Status::Declined => lang.pick("afgewezen", "declined"),
        Status::Withdrawn => lang.pick("ingetrokken", "taken back"),
    }
}

/// Where a question came from, as said beside it; the web goes without saying.
pub fn source(lang: Language, source: Source) -> Option<&'static str> {
    match source {
        Source::Web => None,
        Source::Hall => Some(lang.pick("uit de zaal", "from the hall")),
        Source::Mastodon => Some(lang.pick("van Mastodon", "from Mastodon")),
        Source::Bluesky => Some(lang.pick("van Bluesky", "from Bluesky")),
        Source::Gateway => Some(lang.pick("per bericht", "by message")),
    }
}

/// "1 bewoording", "6 bewoordingen": a lead's own words included.
pub fn wordings(lang: Language, n: u64) -> String {
    lang.count(n, lang.pick("bewoording", "wording"), lang.pick("bewoordingen", "wordings"))
}

/// "412 mensen".
pub fn people(lang: Language, n: u64) -> String {
    lang.count(n, lang.pick("mens", "person"), lang.pick("mensen", "people"))
}

/// While the live connection is away.
pub fn reconnecting(lang: Language) -> &'static str {
    lang.pick("Even geen verbinding. We proberen het opnieuw.", "No connection just now. Trying again.")
}

/// When the live connection is back.
pub fn reconnected(lang: Language) -> &'static str {
    lang.pick("Weer verbonden.", "Connected again.")
}

/// When a request did not reach the server.
pub fn unreachable(lang: Language) -> &'static str {
    lang.pick(
        "Geen verbinding. Uw woorden blijven staan; probeer het zo opnieuw.",
        "No connection. Your words stay here; please try again shortly.",
    )
}

/// First link of every page, for keyboards.
pub fn skip_to_content(lang: Language) -> &'static str {
    lang.pick("Naar de inhoud", "Skip to content")
}

/// Beside an answer's or question's words after staff changed them.
pub fn edited(lang: Language) -> &'static str {
    lang.pick("bewerkt", "edited")
}

/// Read aloud instead of a block over something that a moderator masked.
pub fn masked(lang: Language) -> &'static str {
    lang.pick("afgedekt", "masked")
}

/// Beside an answer that was corrected.
pub fn corrected(lang: Language) -> &'static str {
    lang.pick("verbeterd", "corrected")
}

/// Names the choice of languages for screen readers.
pub fn languages(lang: Language) -> &'static str {
    lang.pick("Taal", "Language")
}

/// Under the number on the button with which one stands behind a question.
pub fn support(lang: Language) -> &'static str {
    lang.pick("steun", "support")
}

/// When the link of this screen was renewed, or the session is gone.
pub fn key_renewed(lang: Language) -> &'static str {
    lang.pick(
        "Deze link is vernieuwd. Vraag de organisator om de nieuwe.",
        "This link was renewed. Please ask the organiser for the new one.",
    )
}
