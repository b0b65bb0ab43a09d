//! Small public views for the tests of lists.

use shared::{
    Language, Moderation, Moment, Phase, QuestionId, Source, Status,
    views::{Answer, Counts, PublicCard, PublicSession, PublicView},
};

/// A question asked `id` minutes past two.
pub fn card(id: u64, text: &str, support: u32) -> PublicCard {
    PublicCard {
        id: QuestionId(id),
        text: text.to_owned(),
        name: None,
        source: Source::Web,
        link: None,
        topics: shared::topics(text),
        asked_at: minute(id),
        status: Status::Shown,
        support,
        edited: false,
        lead: None,
        wordings: Vec::new(),
        answer: None,
    }
}

/// The same, answered so many minutes past two.
pub fn answered(id: u64, text: &str, support: u32, at: u64) -> PublicCard {
    let answer = Answer { text: "Ja.".into(), spoken: false, by: "Judith".into(), at: minute(at), corrected: false };
    PublicCard { status: Status::Answered, answer: Some(answer), ..card(id, text, support) }
}

/// A live session with these questions.
pub fn view(cards: impl IntoIterator<Item = PublicCard>) -> PublicView {
    let session = PublicSession {
        hashtag: "FietsFan010".into(),
        title: "Fietsen".into(),
        introduction: String::new(),
        aldermen: Vec::new(),
        phase: Phase::Live,
        opens: None,
        starts: None,
        ends: None,
        moderation: Moderation::Before,
        languages: vec![Language::Nl],
        box_open: true,
        banner: None,
        on_stage: None,
        queue: Vec::new(),
        counts: Counts::default(),
    };
    PublicView { seq: 1, session, questions: cards.into_iter().map(|card| (card.id, card)).collect() }
}

/// A list of ids as plain numbers.
pub fn numbers(ids: &[QuestionId]) -> Vec<u64> {
    ids.iter().map(|id| id.0).collect()
}

fn minute(minute: u64) -> Moment {
    Moment(format!("2026-05-12T14:{minute:02}:00+02:00"))
}
