//! What only staff are told, beside the view: who is there, what they have open, what seems to mean
//! the same, and how it goes with the networks. Citizens' screens never read it.

use leptos::prelude::*;
use serde::Deserialize;
use shared::{
    Method, json,
    views::{Alike, Claim, Colleague, Outgoing, SourceHealth},
};

use super::{Live, Overheard};

/// What a frame told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aside {
    /// Who is there now.
    Presence(Presence),
    /// What seems to mean the same.
    Likeness(Likeness),
    /// How it goes with the networks and gateways.
    Channels(Channels),
}

/// Who is at the staff screens, and how many watch.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Presence {
    /// Colleagues, sorted by name.
    pub here: Vec<Colleague>,
    /// Public screens open now.
    pub viewers: u32,
    /// What colleagues, and the reader too, have open.
    #[serde(default)]
    pub claims: Vec<Claim>,
}

/// Which waiting questions are near which others.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Likeness {
    /// How it was found.
    pub method: Method,
    /// Whether this replaces everything known before.
    pub all: bool,
    /// Per waiting question, whole.
    pub alike: Vec<Alike>,
    /// How many groups are proposed.
    pub groups: u32,
}

/// How it goes with the networks and gateways, whole.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Channels {
    /// Where questions come from.
    pub sources: Vec<SourceHealth>,
    /// Messages that are on their way, were refused, or were sent lately; the latest first.
    pub outgoing: Vec<Outgoing>,
}

#[derive(Deserialize)]
struct Kind<'a> {
    #[serde(borrow, rename = "type")]
    kind: std::borrow::Cow<'a, str>,
}

/// Reads a frame that was overheard; nothing when it tells something else.
pub fn read(frame: &str) -> Option<Aside> {
    let Kind { kind } = json::read(frame).ok()?;
    match kind.as_ref() {
        "presence" => json::read(frame).ok().map(Aside::Presence),
        "likeness" => json::read(frame).ok().map(Aside::Likeness),
        "channels" => json::read(frame).ok().map(Aside::Channels),
        _ => None,
    }
}

/// Who is there, for a screen that wants to know nothing else besides the view.
pub fn presence<H, C>(live: Live<H, C>) -> RwSignal<Presence> {
    let presence = RwSignal::new(Presence::default());
    live.overhear(move |what| {
        if let Overheard::Frame(frame) = what
            && let Some(Aside::Presence(now)) = read(frame)
        {
            presence.set(now);
        }
    });
    presence
}

#[cfg(test)]
mod tests {
    use shared::{
        Moment, QuestionId, Reach, Role, Sending, Source,
        frames::Frame,
        views::{Near, PublicCard, PublicSession},
    };

    use super::*;

    fn read_back(frame: &Frame<PublicSession, PublicCard>) -> Option<Aside> {
        read(&serde_json::to_string(frame).expect("a frame can be written"))
    }

    #[test]
    fn who_is_there_and_what_they_have_open_is_read_as_it_was_written() {
        let here = vec![Colleague { name: "Jana".into(), role: Role::Moderator }];
        let claims = vec![Claim { question: QuestionId(3), by: "Jana".into() }];
        let frame = Frame::Presence { here: here.clone(), viewers: 4, claims: claims.clone() };
        assert_eq!(read_back(&frame), Some(Aside::Presence(Presence { here, viewers: 4, claims })));
        let nobody = Frame::Presence { here: Vec::new(), viewers: 0, claims: Vec::new() };
        assert_eq!(read_back(&nobody), Some(Aside::Presence(Presence::default())));
    }

    #[test]
    fn how_it_goes_with_the_networks_is_read_as_it_was_written() {
        let sources = vec![SourceHealth {
            account: "gemeente".into(),
            source: Source::Mastodon,
            reach: Reach::Away,
            since: Moment("2026-05-12T14:00:00+02:00".into()),
            last_post: None,
            behind: Some(40),
            error: Some("Service Unavailable".into()),
        }];
        let outgoing = vec![Outgoing {
            key: "announced-3".into(),
            question: None,
            news: None,
            account: "gemeente".into(),
            source: Source::Mastodon,
            state: Sending::Refused,
            link: None,
            words: Some("Text too long".into()),
        }];
        let frame = Frame::Channels { sources: sources.clone(), outgoing: outgoing.clone() };
        assert_eq!(read_back(&frame), Some(Aside::Channels(Channels { sources, outgoing })));
    }

    #[test]
    fn likeness_is_read_and_other_frames_are_left() {
        let near = vec![Near { question: QuestionId(1), score: 91, elsewhere: None }];
        let alike = vec![Alike { question: QuestionId(2), near }];
        let frame = Frame::Likeness { method: Method::Letters, all: true, alike: alike.clone(), groups: 5 };
        let likeness = Likeness { method: Method::Letters, all: true, alike, groups: 5 };
        assert_eq!(read_back(&frame), Some(Aside::Likeness(likeness)));
        assert_eq!(read_back(&Frame::Alive { seq: 1 }), None);
        assert_eq!(read("nonsense"), None);
    }
}
