//! Posts elsewhere that become questions, follow their authors' changes, and get told what became of them.

use std::collections::BTreeSet;

use jiff::Timestamp;
use shared::{News, QuestionId};

use crate::{
    Noted, Post,
    state::{
        Announcement,
        card::{Heard, Revision, Standing, Words},
        pen::Pen,
    },
};

impl Pen<'_> {
    pub(super) fn hear(
        &mut self,
        post: &Post,
        id: QuestionId,
        text: &str,
        name: Option<String>,
        shown: bool,
        noted: &Noted,
    ) -> Option<()> {
        if self.now.posts.contains_key(&post.address) || self.now.gone.contains(&post.address) {
            return None;
        }
        let mut card = self.fresh(id, text, name, post.source, noted);
        card.post = Some(Box::new(Heard { post: post.clone(), words: text.to_owned() }));
        if shown {
            card.show();
        }
        self.put(card)
    }

    pub(super) fn rehear(
        &mut self,
        id: QuestionId,
        text: &str,
        edited_at: Option<Timestamp>,
        noted: &Noted,
    ) -> Option<()> {
        let own = self.now.details.hashtag.folded();
        let card = self.card(id)?;
        let heard = card.post.as_mut()?;
        text.clone_into(&mut heard.words);
        heard.post.edited_at = edited_at;
        let words = &mut card.face.words;
        if card.face.place.standing == Standing::Waiting && card.decided_at.is_none() {
            *words = Words::of(text, &noted.flags);
            card.find_topics(&own);
        } else {
            let back = words.original.as_ref().unwrap_or(&words.text) == text;
            words.revision = (!back).then(|| Revision { text: text.to_owned(), flags: noted.flags.clone() });
        }
        Some(())
    }

    /// Out of everybody's sight, and never back.
    pub(super) fn unhear(&mut self, address: &str) -> Option<()> {
        self.now.gone.insert(address.to_owned());
        let id = *self.now.posts.get(address)?;
        self.hide(id, Standing::Withdrawn)?;
        self.card(id)?.face.words.revision = None;
        Some(())
    }

    pub(super) fn revise(&mut self, id: QuestionId, take: bool) -> Option<()> {
        let own = self.now.details.hashtag.folded();
        let card = self.card(id)?;
        let revision = card.face.words.revision.take()?;
        if take {
            card.face.words = Words::of(&revision.text, &revision.flags);
            card.find_topics(&own);
        }
        Some(())
    }

    /// What a moderator says holds for what happened already, too.
    pub(super) fn set_telling(&mut self, id: QuestionId, on: Option<bool>) -> Option<()> {
        self.card(id)?.face.handling.tell = on;
        let news = match on {
            Some(true) => self.now.news_of(id),
            Some(false) => BTreeSet::new(),
            None => return Some(()),
        };
        self.card(id)?.face.place.news = news;
        Some(())
    }

    pub(super) fn announce(&mut self, text: &str) {
        let step = self.now.steps.count + 1;
        self.now.announcements.push(Announcement { step, text: text.to_owned() });
        self.announced = true;
    }

    /// There is news of a question; its author hears it, if it was a post and somebody wants that.
    pub(super) fn tell(&mut self, id: QuestionId, news: News) {
        if self.now.tells(id, news)
            && let Some(card) = self.card(id)
        {
            card.face.place.news.insert(news);
        }
    }

    /// The same, of a question and all its wordings.
    pub(super) fn tell_bundle(&mut self, lead: QuestionId, news: News) {
        let wordings = self.now.cards.get(&lead).map_or_else(Vec::new, |card| card.face.place.wordings.clone());
        for id in wordings.into_iter().chain([lead]) {
            self.tell(id, news);
        }
    }
}
