//! Posts as moderators see them, and what their authors are to be told.

use std::collections::BTreeSet;

use shared::{News, QuestionId, Reason, Source, commands::Elsewhere, views};

use crate::{
    Conversation,
    state::card::{Card, Standing},
};

/// What is to be said on a network now. It is derived from the session as it stands: what is in it and
/// was not said yet is to be said, what was said and is not in it any more is to be taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct Saying {
    /// The same for as long as it is the same message, whatever becomes of its words; letters, digits and `-`.
    pub key: String,
    /// Where; an announcement goes to all accounts.
    pub source: Option<Source>,
    /// The post's thread and author.
    pub thread: Option<(String, String)>,
    /// What to say.
    pub what: Said,
    /// The question that it is about.
    pub question: Option<QuestionId>,
    /// The author's language, as an ISO 639-1 code.
    pub language: Option<String>,
}

/// What to say.
#[allow(missing_docs, reason = "the fields say what they are")]
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// The answer, and who gave it.
    Answered { text: String, by: String },
    /// The words of the question it is under now.
    Bundled { lead: String },
    /// It is, or was, on stage.
    Staged,
    /// Why it is not shown.
    Declined { reason: Reason, note: Option<String>, answer: Option<Elsewhere> },
    /// An announcement.
    Announced { text: String },
}

impl Conversation {
    /// All that is to be said on the networks, as it stands now.
    pub fn sayings(&self) -> Vec<Saying> {
        let news = self.cards.values().flat_map(|card| {
            card.face.place.news.iter().filter_map(|news| self.saying(card, *news)).collect::<Vec<_>>()
        });
        let announcements = self.announcements.iter().map(|announcement| Saying {
            key: format!("announced-{}", announcement.step),
            source: None,
            thread: None,
            what: Said::Announced { text: announcement.text.clone() },
            question: None,
            language: None,
        });
        news.chain(announcements).collect()
    }

    /// The permanent addresses of the posts from a source that are still to be seen, the latest first.
    pub fn heard_from(&self, source: Source) -> Vec<&str> {
        let mut found: Vec<&Card> = self.cards.values().filter(|card| card.source == source).collect();
        found.retain(|card| card.face.place.standing != Standing::Withdrawn);
        found.sort_by_key(|card| std::cmp::Reverse(card.asked_at));
        found.into_iter().filter_map(|card| Some(card.post.as_ref()?.post.address.as_str())).collect()
    }

    /// The question that a post became.
    pub fn question_of(&self, address: &str) -> Option<QuestionId> {
        self.posts.get(address).copied()
    }

    /// Whether something is known of a post, also that it is gone.
    pub fn knows_post(&self, address: &str) -> bool {
        self.posts.contains_key(address) || self.gone.contains(address)
    }

    fn saying(&self, card: &Card, news: News) -> Option<Saying> {
        let post = &card.post.as_ref()?.post;
        let what = match (news, card.declined()) {
            (News::Declined, Some((reason, note, answer))) => {
                Said::Declined { reason, note: note.cloned(), answer: answer.cloned() }
            }
            (News::Declined, None) | (_, Some(_)) => return None,
            _ if !card.visible() => return None,
            (News::Staged, _) => Said::Staged,
            (News::Bundled, _) => {
                let lead = self.cards.get(&card.face.place.lead?)?;
                Said::Bundled { lead: lead.face.words.text.clone() }
            }
            (News::Answered, _) => {
                let answer = self.lead_of(card.id)?.face.place.answer.as_ref()?;
                Said::Answered { text: answer.text.clone(), by: answer.by.clone() }
            }
        };
        Some(Saying {
            key: format!("{}-{}", card.id, news.word().to_lowercase()),
            source: Some(post.source),
            thread: Some((post.thread.clone()?, post.author.clone())),
            what,
            question: Some(card.id),
            language: card.language.clone(),
        })
    }

    /// Whether the author of a question is told this kind of news.
    pub(crate) fn tells(&self, id: QuestionId, news: News) -> bool {
        let Some(card) = self.cards.get(&id) else { return false };
        let answerable = card.post.as_ref().is_some_and(|heard| heard.post.thread.is_some());
        answerable && card.face.handling.tell.unwrap_or_else(|| self.details.channels.news.contains(&news))
    }

    /// All the news that there is of a question.
    pub(crate) fn news_of(&self, id: QuestionId) -> BTreeSet<News> {
        let Some(card) = self.cards.get(&id) else { return BTreeSet::new() };
        let lead = self.lead_of(id);
        let so = |news: &News| match news {
            News::Declined => card.declined().is_some(),
            News::Bundled => card.face.place.lead.is_some(),
            News::Staged => lead.is_some_and(|lead| self.on_stage(lead.id)),
            News::Answered => lead.is_some_and(|lead| lead.face.place.answer.is_some()),
        };
        News::ALL.iter().copied().filter(so).collect()
    }

    pub(super) fn post(&self, card: &Card) -> Option<views::Post> {
        let post = &card.post.as_ref()?.post;
        Some(views::Post {
            author: post.author.clone(),
            link: post.link.clone(),
            bot: post.bot,
            warning: post.warning.clone(),
            images: post.images.clone(),
            written_at: self.moment(post.written_at),
            revision: card.face.words.revision.as_ref().map(|revision| revision.text.clone()),
            answerable: post.thread.is_some(),
            tell: card.face.handling.tell,
            news: card.face.place.news.iter().copied().collect(),
        })
    }
}
