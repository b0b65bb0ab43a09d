//! Cards and views for the desk's tests.

use shared::{
    Moderation, Moment, Phase, QuestionId, Reach, Sending, Source, Status,
    views::{
        Counts, ModeratorCard, ModeratorSession, ModeratorView, Outgoing, Post, PublicCard, PublicSession, SourceHealth,
    },
};

/// A card with nothing special about it.
pub fn card(id: u64, text: &str, status: Status) -> ModeratorCard {
    ModeratorCard {
        version: 1,
        ..ModeratorCard::untouched(PublicCard {
            id: QuestionId(id),
            text: text.into(),
            name: None,
            source: Source::Web,
            link: None,
            topics: Vec::new(),
            asked_at: Moment("2026-05-12T14:00:00+02:00".into()),
            status,
            support: 1,
            edited: false,
            lead: None,
            wordings: Vec::new(),
            answer: None,
        })
    }
}

/// A card that was a post on Mastodon first.
pub fn posted(id: u64, text: &str, status: Status) -> ModeratorCard {
    let mut card = card(id, text, status);
    card.card.source = Source::Mastodon;
    card.post = Some(Post {
        author: "@fatima@mastodon.example".into(),
        link: Some("https://mastodon.example/@fatima/1".into()),
        bot: false,
        warning: None,
        images: Vec::new(),
        written_at: Moment("2026-05-12T13:58:00+02:00".into()),
        revision: None,
        answerable: true,
        tell: None,
        news: Vec::new(),
    });
    card
}

/// An account on a network, and how questions come in from it since two.
pub fn source(source: Source, reach: Reach) -> SourceHealth {
    SourceHealth {
        account: "gemeente".into(),
        source,
        reach,
        since: Moment("2026-05-12T14:00:00+02:00".into()),
        last_post: None,
        behind: None,
        error: None,
    }
}

/// A message to everybody on Mastodon.
pub fn message(state: Sending) -> Outgoing {
    Outgoing {
        key: "announced-1".into(),
        question: None,
        news: None,
        account: "gemeente".into(),
        source: Source::Mastodon,
        state,
        link: None,
        words: None,
    }
}

/// A live session with these cards.
pub fn view(cards: impl IntoIterator<Item = ModeratorCard>) -> ModeratorView {
    ModeratorView {
        seq: 1,
        session: ModeratorSession {
            public: PublicSession {
                hashtag: "FietsFan010".into(),
                title: "Fietsen in Rotterdam".into(),
                introduction: String::new(),
                aldermen: Vec::new(),
                phase: Phase::Live,
                opens: None,
                starts: None,
                ends: None,
                moderation: Moderation::Before,
                languages: Vec::new(),
                box_open: true,
                banner: None,
                on_stage: None,
                queue: Vec::new(),
                counts: Counts::default(),
            },
            box_closed_by_hand: false,
            steps: Vec::new(),
        },
        questions: cards.into_iter().map(|card| (card.card.id, card)).collect(),
    }
}
