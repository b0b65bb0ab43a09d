//! The bodies of the API's requests and answers.

use serde::{Deserialize, Serialize};

use crate::{
    Language, Moderation, Moment, News, Phase, QuestionId, Reason, Refusal, Source, Status,
    views::{Alderman, NetworkAccount},
};

/// What can be done to many questions at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "deed", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ManyDeed {
    /// Show them.
    Approve,
    /// Decline them all for one reason.
    Decline {
        /// Their askers read it.
        reason: Reason,
        /// Needed with `other`; their askers read it too.
        #[serde(default)]
        note: Option<String>,
    },
    /// Put a label on them, or take it off.
    Label {
        /// As in [`Label`].
        label: String,
        /// Whether it is on.
        on: bool,
    },
    /// Put them under one lead; a lead that waits is shown first.
    Bundle {
        /// The lead. It may be among the questions.
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        into: QuestionId,
    },
}

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
        /// Where questions come from besides, and what goes back.
        #[serde(default)]
        pub channels: Channels,
    }

    /// Where a session's questions come from besides its own page and the hall, and what goes back.
    #[derive(Default)]
    Channels {
        /// The names of the municipality's accounts that listen and speak for this session.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub accounts: Vec<String>,
        /// What authors of posts are told without a moderator saying so each time.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub news: Vec<News>,
    }

    /// What to do with the words into which the author of a post changed it after it was decided about.
    Revise {
        /// Whether they take the place of the old ones.
        pub take: bool,
        /// See [`Seen`].
        #[serde(default)]
        pub seen: Option<u64>,
    }

    /// Whether the author of a post is told what becomes of it, in their own thread.
    Tell {
        /// `null`: as the session's settings say from now on.
        #[serde(default)]
        pub on: Option<bool>,
        /// See [`Seen`].
        #[serde(default)]
        pub seen: Option<u64>,
    }

    /// A post that a moderator brings in by hand, with its words as they were copied, or by its address
    /// alone where one of the session's accounts can read it.
    #[derive(Default)]
    Paste {
        /// Where it can be read; https. Pasting the same address twice is one question.
        #[serde(default)]
        pub address: Option<String>,
        /// Its words; empty when they are to be read at its address.
        #[serde(default)]
        pub text: String,
        /// Its author.
        #[serde(default)]
        pub author: Option<String>,
    }

    /// A question through a gateway of the municipality.
    Inbound {
        /// The sender's own id of the message: the same for every try. Also what a later message with
        /// `deleted` takes back.
        pub id: String,
        /// Its words; not needed when it is taken back.
        #[serde(default)]
        pub text: String,
        /// Its author's name, if they want it shown.
        #[serde(default)]
        pub name: Option<String>,
        /// When it was written, as RFC 3339.
        #[serde(default)]
        pub at: Option<String>,
        /// Its language (ISO 639-1).
        #[serde(default)]
        pub language: Option<String>,
        /// Whether its author took it back.
        #[serde(default)]
        pub deleted: bool,
    }

    /// An account of the municipality on a network, or a gateway. Secrets that are left out of a change
    /// stay as they are.
    NewAccount {
        /// What the municipality calls it: one word.
        pub name: String,
        /// `mastodon`, `bluesky` or `gateway`.
        pub source: Source,
        /// The address of its server: of Mastodon, or of the account's PDS on Bluesky.
        #[serde(default)]
        pub server: Option<String>,
        /// The account's handle, needed on Bluesky to send.
        #[serde(default)]
        pub handle: Option<String>,
        /// The access token, the app password, or the gateway's secret; never told again.
        #[serde(default)]
        pub secret: Option<String>,
        /// On Bluesky, the Jetstream hosts to listen to, in turn; the public ones when there are none.
        #[serde(default)]
        pub hosts: Vec<String>,
    }

    /// Whether an account can send, as its network says.
    AccountChecked {
        /// The account, with its handle when it can.
        pub account: NetworkAccount,
        /// Why it cannot, in the network's own words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub words: Option<String>,
    }

    /// An account was made or changed.
    AccountKept {
        /// As it is now.
        pub account: NetworkAccount,
        /// A gateway's secret, when one was made for it; told this once.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub secret: Option<String>,
    }

    /// A message from the municipality's accounts to everybody who follows them.
    Announce {
        /// At most 200 characters; the session's hashtag and address are added.
        pub text: String,
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
        /// The desk of civil servants.
        pub desk: String,
    }

    /// Staff keys.
    Keys {
        /// Opens the moderators' desk.
        pub moderator: String,
        /// Opens the panel.
        pub panel: String,
        /// Opens the desk of civil servants.
        pub desk: String,
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
        /// With `alreadyAnswered`: where its asker can read the answer.
        #[serde(default)]
        pub answer: Option<Elsewhere>,
        /// See [`Seen`].
        #[serde(default)]
        pub seen: Option<u64>,
    }

    /// A question of this or another session here, by its address.
    Elsewhere {
        /// The session's hashtag, without `#`.
        pub hashtag: String,
        /// The question.
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        pub question: QuestionId,
    }

    /// Does the same to many questions at once, as one step that can be undone. Those that it cannot
    /// be done to (any more) are left as they are, and named in the answer.
    Many {
        /// What.
        #[serde(flatten)]
        pub deed: ManyDeed,
        /// To which, at most 2,000, each once.
        pub questions: Vec<Picked>,
    }

    /// One of many questions.
    Picked {
        /// Which.
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        pub question: QuestionId,
        /// See [`Seen`].
        #[serde(default)]
        pub seen: Option<u64>,
    }

    /// What came of it.
    ManyDone {
        /// To how many it was done.
        pub done: u32,
        /// Those that were left as they were.
        pub left: Vec<LeftOut>,
    }

    /// A question to which it was not done, and why not.
    LeftOut {
        /// Which.
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        pub question: QuestionId,
        /// Why.
        #[cfg_attr(feature = "schema", schema(value_type = Object))]
        pub refusal: Refusal,
    }

    /// Puts a label on a question, for colleagues only, or takes it off.
    Label {
        /// On one line, at most 40 characters; the same in all its spellings.
        pub label: String,
        /// Whether it is on.
        pub on: bool,
        /// See [`Seen`].
        #[serde(default)]
        pub seen: Option<u64>,
    }

    /// Says that questions do not mean the same: none of `these` is proposed with any of `those`
    /// again. For a whole group both are the same list.
    Part {
        /// At most 2,000.
        #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
        pub these: Vec<QuestionId>,
        /// At most 2,000.
        #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
        pub those: Vec<QuestionId>,
    }

    /// Gives a question to one of the aldermen.
    Assign {
        /// By name; `null` or empty gives it to none in particular.
        #[serde(default)]
        pub alderman: Option<String>,
        /// See [`Seen`].
        #[serde(default)]
        pub seen: Option<u64>,
    }

    /// Sends a question to a department.
    Route {
        /// For instance "Mobiliteit"; `null` or empty calls it back.
        #[serde(default)]
        pub department: Option<String>,
        /// By when; local to the session's zone or RFC 3339 with an offset.
        #[serde(default)]
        pub due: Option<String>,
        /// See [`Seen`].
        #[serde(default)]
        pub seen: Option<u64>,
    }

    /// What the desk writes beside a question: a briefing, which the public never sees, or an answer
    /// that an alderman may publish. Kept while it is being typed.
    WritePaper {
        /// The words so far, at most 4,000 characters; empty throws it away.
        pub text: String,
        /// A proposed answer is shown to the panel only when it is ready; a briefing always is.
        #[serde(default)]
        pub ready: bool,
        /// The paper's own `version` as its writer saw it, 0 when there was none; when given and no
        /// longer current, refused with `changed`.
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
