//! The bodies of the API's requests and answers.

use serde::{Deserialize, Serialize};

use crate::{Language, Moderation, Moment, Phase, QuestionId, Reason, Status, views::Alderman};

macro_rules! body {
    ($($(#[$meta:meta])* $name:ident { $($fields:tt)* })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(rename_all = "camelCase")]
        pub struct $name { $($fields)* }
    )+};
}

body! {
    /// A new session, or all details of an old one. Times are local to `timezone`
    /// (`2026-05-12T14:00`) or RFC 3339 with an offset.
    #[derive(Default)]
    NewSession {
        /// With or without `#`.
        pub hashtag: String,
        /// What it is about.
        pub title: String,
        /// A few sentences of welcome.
        #[serde(default)]
        pub introduction: String,
        /// Who answers; at least one.
        pub aldermen: Vec<Alderman>,
        /// When moderators look; before showing unless said otherwise.
        #[serde(default)]
        pub moderation: Moderation,
        /// Where it starts its life; announced unless said otherwise.
        #[serde(default)]
        pub phase: Option<Phase>,
        /// When asking opens by itself.
        #[serde(default)]
        pub opens: Option<String>,
        /// When it goes live by itself.
        #[serde(default)]
        pub starts: Option<String>,
        /// When it closes by itself.
        #[serde(default)]
        pub ends: Option<String>,
        /// An IANA time zone; Europe/Amsterdam unless said otherwise.
        #[serde(default)]
        pub timezone: Option<String>,
        /// In which languages people are welcome to write; Dutch and English unless said otherwise.
        #[serde(default)]
        pub languages: Vec<Language>,
        /// Whether one may ask while it is announced.
        #[serde(default)]
        pub ask_early: bool,
    }

    /// A session was made; the keys are told this once.
    SessionMade {
        /// As written, without `#`.
        pub hashtag: String,
        /// Where each role goes.
        pub links: Links,
        /// The staff keys themselves.
        pub keys: Keys,
    }

    /// Addresses of a session's screens; staff's hold their key.
    Links {
        /// Where citizens ask.
        pub citizen: String,
        /// The public wall.
        pub wall: String,
        /// The moderators' desk.
        pub moderator: String,
        /// The session screen of the aldermen.
        pub panel: String,
    }

    /// Staff keys.
    Keys {
        /// Opens the moderators' desk.
        pub moderator: String,
        /// Opens the panel.
        pub panel: String,
    }

    /// A renewed key.
    KeyMade {
        /// The key, told this once.
        pub key: String,
        /// The address that holds it.
        pub link: String,
    }

    /// A session in a list.
    SessionListed {
        /// As written, without `#`.
        pub hashtag: String,
        /// What it is about.
        pub title: String,
        /// Where it stands.
        pub phase: Phase,
        /// Who answers.
        pub aldermen: Vec<Alderman>,
        /// When asking opens by itself.
        pub opens: Option<Moment>,
        /// When it goes live by itself.
        pub starts: Option<Moment>,
        /// When it closes by itself.
        pub ends: Option<Moment>,
        /// Public questions, and how many of them were answered.
        pub counts: crate::views::Counts,
    }

    /// A new participant.
    ParticipantMade {
        /// For `Authorization: Bearer`.
        pub token: String,
    }

    /// A question, in the asker's words.
    Ask {
        /// At most 500 characters (grapheme clusters).
        pub text: String,
        /// The asker's name, if they want it shown.
        #[serde(default)]
        pub name: Option<String>,
    }

    /// A question arrived.
    Asked {
        /// Its permanent id.
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        pub id: QuestionId,
        /// `waiting`, or `shown` where moderation comes after.
        pub status: Status,
    }

    /// How many people stand behind a question now.
    Supported {
        /// Of a bundle, each person once.
        pub support: u32,
    }

    /// The version of a card a moderator was looking at; for a step without anything else to say.
    #[derive(Default)]
    Seen {
        /// When given and no longer current, the step is refused with `changed`.
        #[serde(default)]
        pub seen: Option<u64>,
    }

    /// Declines a question.
    Decline {
        /// Its asker reads it.
        pub reason: Reason,
        /// Needed with `other`; its asker reads it too.
        #[serde(default)]
        pub note: Option<String>,
        /// See [`Seen`].
        #[serde(default)]
        pub seen: Option<u64>,
    }

    /// Puts a question under another.
    Bundle {
        /// The lead; when that is bundled itself, its lead.
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        pub into: QuestionId,
        /// See [`Seen`].
        #[serde(default)]
        pub seen: Option<u64>,
    }

    /// Corrects or redacts a question's words.
    Edit {
        /// All of the new words.
        pub text: String,
        /// See [`Seen`].
        #[serde(default)]
        pub seen: Option<u64>,
    }

    /// The queue, whole: shown questions that are not named leave it, named ones join it.
    QueueOrder {
        /// From next to last.
        #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
        pub order: Vec<QuestionId>,
        /// The order the moderator was looking at; when given and no longer current, refused.
        #[serde(default)]
        #[cfg_attr(feature = "schema", schema(value_type = Option<Vec<String>>))]
        pub seen: Option<Vec<QuestionId>>,
    }

    /// An answer, or its correction when there is one.
    GiveAnswer {
        /// The words, or a one-line summary.
        pub text: String,
        /// Whether it was given aloud.
        #[serde(default)]
        pub spoken: bool,
        /// Which alderman; the first unless said otherwise.
        #[serde(default)]
        pub by: Option<String>,
    }

    /// An unfinished answer, kept on the server.
    KeepDraft {
        /// The words so far; empty forgets them.
        pub text: String,
    }

    /// Moves a session.
    MovePhase {
        /// Where to.
        pub phase: Phase,
    }

    /// Puts up a banner, or takes it down.
    SetBanner {
        /// `null` or empty takes it down.
        #[serde(default)]
        pub text: Option<String>,
    }

    /// Opens or closes the question box.
    SetBox {
        /// Whether one may ask.
        pub open: bool,
    }
}
