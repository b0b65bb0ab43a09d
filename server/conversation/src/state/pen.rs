//! Writes into a session, and remembers how everything it touches looked before: from that come
//! the patches, the counts, the versions and what undo needs. Whoever changes a card, the head or
//! a draft does it through the pen.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use shared::{
    Act, Phase, QuestionId, Role, Status,
    views::{DeskCard, ModeratorCard, ModeratorSession, PanelCard, PanelSession, PublicCard, PublicSession},
};

use super::{
    Banner, Conversation, Draft, Staged,
    card::{Card, Changed, Handling, Place, Words},
    papers::Papers,
};
use crate::ParticipantId;

/// One event being written down; [`Pen::finish`] makes it whole.
pub struct Pen<'a> {
    pub now: &'a mut Conversation,
    pub at: Timestamp,
    /// Cards by how they were; nothing for a new one.
    pub cards: BTreeMap<QuestionId, Option<CardBefore>>,
    pub head: Option<HeadBefore>,
    pub drafts: BTreeMap<QuestionId, Option<Draft>>,
    pub papers: BTreeMap<QuestionId, Option<Papers>>,
    /// Whom to name on the cards that change.
    pub changed: Changed,
    pub step: Option<Signed>,
    pub parted: bool,
    pub announced: bool,
    pub participants: BTreeSet<ParticipantId>,
    pub renewed: Option<Role>,
}

/// A step being made: who does what, and to which question or to how many.
pub struct Signed {
    pub by: String,
    pub act: Act,
    pub question: Option<QuestionId>,
    pub many: Option<u32>,
}

/// A card before the event.
pub struct CardBefore {
    pub words: Words,
    pub place: Place,
    pub handling: Handling,
    pub status: Status,
    pub public: Option<PublicCard>,
    pub moderator: ModeratorCard,
    pub panel: Option<PanelCard>,
    pub desk: Option<DeskCard>,
}

/// Everything but the cards, before the event.
pub struct HeadBefore {
    pub public: PublicSession,
    pub moderator: ModeratorSession,
    pub panel: PanelSession,
    pub queue: Vec<QuestionId>,
    pub stage: Option<Staged>,
    pub banner: Option<Banner>,
    pub box_closed: bool,
    pub phase: Phase,
}

impl<'a> Pen<'a> {
    /// A pen for what happens at this moment.
    pub fn new(now: &'a mut Conversation, at: Timestamp) -> Self {
        Self {
            now,
            at,
            cards: BTreeMap::new(),
            head: None,
            drafts: BTreeMap::new(),
            papers: BTreeMap::new(),
            changed: Changed::default(),
            step: None,
            parted: false,
            announced: false,
            participants: BTreeSet::new(),
            renewed: None,
        }
    }

    /// A member of staff did this, if it was done at all: a step that can be undone.
    pub fn sign(&mut self, done: Option<()>, by: &str, act: Act, question: Option<QuestionId>) {
        if done.is_some() {
            self.changed = Changed { by: Some(by.to_owned()), act: Some(act) };
            self.step = Some(Signed { by: by.to_owned(), act, question, many: None });
        }
    }

    /// The same, done to this many questions at once.
    pub fn sign_many(&mut self, many: u32, by: &str, act: Act) {
        if many > 0 {
            self.sign(Some(()), by, act, None);
            self.step.iter_mut().for_each(|step| step.many = Some(many));
        }
    }

    /// Names who changed the cards without it being a step of its own.
    pub fn name(&mut self, by: &str, act: Option<Act>) {
        self.changed = Changed { by: Some(by.to_owned()), act };
    }

    /// This participant's own part looks different now.
    pub fn stir(&mut self, who: ParticipantId) {
        self.participants.insert(who);
    }

    /// Screens that came in with this role's key must go.
    pub fn renew(&mut self, role: Role) {
        self.renewed = Some(role);
    }

    /// A card, to change it.
    pub fn card(&mut self, id: QuestionId) -> Option<&mut Card> {
        self.touch(id);
        self.now.cards.get_mut(&id)
    }

    /// Puts a new card down; `None` when its id is taken.
    pub fn put(&mut self, card: Card) -> Option<()> {
        let id = card.id;
        if self.now.cards.contains_key(&id) {
            return None;
        }
        if let Some(asker) = card.asker {
            self.now.people.entry(asker).or_default().asked.push(id);
        }
        if let Some(heard) = &card.post {
            self.now.posts.insert(heard.post.address.clone(), id);
        }
        self.cards.insert(id, None);
        self.now.cards.insert(id, card);
        Some(())
    }

    /// Everything but cards and drafts, to change it.
    pub fn head(&mut self) -> &mut Conversation {
        if self.head.is_none() {
            let now = &*self.now;
            self.head = Some(HeadBefore {
                public: now.public_head(),
                moderator: now.moderator_head(),
                panel: now.panel_head(),
                queue: now.queue.clone(),
                stage: now.stage,
                banner: now.banner.clone(),
                box_closed: now.box_closed_by_hand,
                phase: now.phase,
            });
        }
        self.now
    }

    /// Puts this on stage, or nothing.
    pub fn set_stage(&mut self, stage: Option<Staged>) {
        for staged in [self.now.stage, stage].into_iter().flatten() {
            self.touch(staged.question);
        }
        self.head().stage = stage;
    }

    /// Takes a question out of the queue.
    pub fn unqueue(&mut self, id: QuestionId) {
        if self.now.queue.contains(&id) {
            self.head().queue.retain(|queued| *queued != id);
        }
    }

    /// Keeps a draft, or forgets it.
    pub fn set_draft(&mut self, id: QuestionId, draft: Option<Draft>) {
        self.head();
        let before = match draft {
            Some(draft) => self.now.drafts.insert(id, draft),
            None => self.now.drafts.remove(&id),
        };
        self.drafts.entry(id).or_insert(before);
    }

    /// Keeps what the desk wrote beside a question, or forgets it.
    pub fn set_papers(&mut self, id: QuestionId, papers: Option<Papers>) {
        self.touch(id);
        let before = match papers {
            Some(papers) => self.now.papers.insert(id, papers),
            None => self.now.papers.remove(&id),
        };
        self.papers.entry(id).or_insert(before);
    }

    /// Remembers how a bundle looks, before something of its lead changes that shows at all of it.
    pub fn touch_bundle(&mut self, lead: QuestionId) {
        self.touch(lead);
        let wordings = self.now.cards.get(&lead).map_or_else(Vec::new, |card| card.face.place.wordings.clone());
        for id in wordings {
            self.touch(id);
        }
    }

    /// Remembers how a card looks, before it changes.
    pub fn touch(&mut self, id: QuestionId) {
        let now = &*self.now;
        let (false, Some(card)) = (self.cards.contains_key(&id), now.cards.get(&id)) else { return };
        let before = CardBefore {
            words: card.face.words.clone(),
            place: card.face.place.clone(),
            handling: card.face.handling.clone(),
            status: now.status(card),
            public: now.public_face(card),
            moderator: now.moderator_face(card),
            panel: now.panel_face(card),
            desk: now.desk_face(card),
        };
        self.cards.insert(id, Some(before));
    }
}
