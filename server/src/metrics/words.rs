//! The words under which things are counted. They stand in dashboards and alert rules: a word stays
//! once it is there.

use conversation::{Command, Event};
use shared::Refusal;

macro_rules! words {
    ($(#[$meta:meta])* $all:ident, $name:ident: $of:ty { $($pattern:pat => $word:literal),+ $(,)? }) => {
        /// Every word there is for one.
        pub const $all: &[&str] = &[$($word),+];

        $(#[$meta])*
        pub fn $name(value: &$of) -> &'static str {
            match value { $($pattern => $word),+ }
        }
    };
}

/// The audiences of screens: the public, moderators, the panel, the desk of civil servants.
pub const AUDIENCES: [&str; 4] = ["public", "moderator", "panel", "desk"];

words! {
    /// A group of events.
    EVENTS, event: Event {
        Event::Asked { .. } | Event::Entered { .. } | Event::Heard { .. } | Event::Reheard { .. } => "question",
        Event::Supported { .. } | Event::Unsupported { .. } => "support",
        Event::Withdrawn { .. } | Event::Unheard { .. } => "withdrawal",
        Event::Approved { .. }
        | Event::Declined { .. }
        | Event::Restored { .. }
        | Event::Edited { .. }
        | Event::Bundled { .. }
        | Event::Unbundled { .. }
        | Event::Masked { .. }
        | Event::Led { .. }
        | Event::Parted { .. }
        | Event::Labelled { .. }
        | Event::Assigned { .. }
        | Event::Routed { .. }
        | Event::Many { .. }
        | Event::Revised { .. }
        | Event::Told { .. }
        | Event::Undone { .. } => "moderation",
        Event::Queued { .. } | Event::Staged { .. } | Event::Unstaged { .. } => "stage",
        Event::Answered { .. } | Event::Corrected { .. } | Event::Drafted { .. } | Event::Written { .. } => "answer",
        Event::Created { .. }
        | Event::Bannered { .. }
        | Event::Announced { .. }
        | Event::BoxSet { .. }
        | Event::PhaseMoved { .. }
        | Event::DetailsChanged { .. }
        | Event::KeyRenewed { .. } => "session",
    }
}

/// A command; the clock's are nobody's.
pub fn command(command: &Command) -> Option<&'static str> {
    Some(wish(command)).filter(|word| *word != TICK)
}

const TICK: &str = "tick";

/// The commands that people give.
pub const COMMANDS: &[&str] = WISHES.split_at(WISHES.len() - 1).0;

words! {
    /// Any command; the clock's comes last.
    WISHES, wish: Command {
        Command::Ask { .. } => "ask",
        Command::Support { on: true, .. } => "support",
        Command::Support { on: false, .. } => "unsupport",
        Command::Withdraw { .. } => "withdraw",
        Command::Approve { .. } => "approve",
        Command::Decline { .. } => "decline",
        Command::Restore { .. } => "restore",
        Command::Edit { .. } => "edit",
        Command::Bundle { .. } => "bundle",
        Command::Unbundle { .. } => "unbundle",
        Command::Mask { .. } => "mask",
        Command::Lead { .. } => "lead",
        Command::Part { .. } => "part",
        Command::Label { .. } => "label",
        Command::Assign { .. } => "assign",
        Command::Route { .. } => "route",
        Command::Many { .. } => "many",
        Command::Write { .. } => "write",
        Command::Stage { .. } => "stage",
        Command::Unstage { .. } => "unstage",
        Command::Order { .. } => "order",
        Command::Enter { .. } => "enter",
        Command::SetBanner { .. } => "banner",
        Command::SetBox { .. } => "box",
        Command::Undo { .. } => "undo",
        Command::Answer { .. } => "answer",
        Command::KeepDraft { .. } => "draft",
        Command::MovePhase { .. } => "phase",
        Command::ChangeDetails { .. } => "details",
        Command::RenewKey { .. } => "key",
        Command::Hear { .. } => "hear",
        Command::Unhear { .. } => "unhear",
        Command::Revise { .. } => "revise",
        Command::Tell { .. } => "tell",
        Command::Announce { .. } => "announce",
        Command::Tick => "tick",
    }
}

words! {
    /// A refusal's code, as the API tells it.
    REFUSALS, refusal: Refusal {
        Refusal::Empty => "empty",
        Refusal::OnlyHashtags => "only-hashtags",
        Refusal::TooLong { .. } => "too-long",
        Refusal::Field { .. } => "field",
        Refusal::HashtagTaken => "hashtag-taken",
        Refusal::AlreadyAsked { .. } => "already-asked",
        Refusal::BoxClosed { .. } => "box-closed",
        Refusal::WrongStatus { .. } => "wrong-status",
        Refusal::Changed { .. } => "changed",
        Refusal::IsBundled { .. } => "is-bundled",
        Refusal::NoBundle => "no-bundle",
        Refusal::QueueChanged => "queue-changed",
        Refusal::CannotUndo => "cannot-undo",
        Refusal::NotFound => "not-found",
        Refusal::Unauthorized => "unauthorized",
        Refusal::Forbidden => "forbidden",
        Refusal::CrossSite => "cross-site",
        Refusal::TooFast { .. } => "too-fast",
        Refusal::TooLarge => "too-large",
        Refusal::Packed => "packed",
        Refusal::TooSlow => "too-slow",
        Refusal::Malformed => "malformed",
        Refusal::NotStored => "not-stored",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_refusal_is_counted_under_the_code_that_people_get() {
        for code in REFUSALS {
            let lines = serde_json::json!({
                "code": code, "length": 1, "max": 1, "field": "", "question": "0000000000001", "phase": "live",
                "now": "shown", "by": "", "act": "edited", "into": "0000000000001", "retryAfter": 1,
            });
            let read: Refusal = serde_json::from_value(lines).expect("a refusal with this code");
            assert_eq!(refusal(&read), *code);
        }
    }

    #[test]
    fn no_two_are_counted_as_one_and_the_clock_is_not_counted() {
        for words in [EVENTS, WISHES, REFUSALS] {
            assert_eq!(BTreeSet::from_iter(words).len(), words.len());
        }
        assert_eq!(command(&Command::Tick), None);
        assert!(!COMMANDS.contains(&TICK) && COMMANDS.len() + 1 == WISHES.len());
    }
}
