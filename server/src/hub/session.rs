//! The handle of a session: what people can do to it, as sentences. Nobody else sees its mailbox.

use std::sync::{Arc, PoisonError, RwLock};

use conversation::{Command, Conversation, Details, ParticipantId, Staff};
use serde_json::Value;
use shared::{
    Audience, Phase, QuestionId, Refusal, Role,
    commands::{Ask, Bundle, Decline, Edit, GiveAnswer, QueueOrder},
    views::{ModeratorCard, ModeratorSession, PanelSession, PublicCard, PublicSession},
};
use tokio::sync::{mpsc, oneshot};

use super::{
    audience::Looking,
    fanout::{FanOut, Joined, Snapshot},
};
use crate::{
    people::{Moderator, Organiser, PanelMember},
    viewers::Newcomer,
};

/// A sender's own key for a command, so that sending it twice does it once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// Who sends: a participant or a role.
    pub sender: String,
    /// Their key.
    pub key: String,
}

/// A command was done, and is durable.
#[derive(Debug, Clone, PartialEq)]
pub struct Done {
    /// The question it was about.
    pub about: Option<QuestionId>,
    /// What the API answers.
    pub answer: Value,
}

/// A command on its way to the session's task.
pub(super) struct Letter {
    pub command: Command,
    pub once: Option<Once>,
    pub reply: oneshot::Sender<Result<Done, Refusal>>,
}

pub(super) struct Inner {
    pub mailbox: mpsc::Sender<Letter>,
    /// The session at its last durable point; the task alone writes it.
    pub durable: RwLock<Conversation>,
    pub public: FanOut<PublicSession, PublicCard>,
    pub moderator: FanOut<ModeratorSession, ModeratorCard>,
    pub panel: FanOut<PanelSession, PublicCard>,
    pub looking: Looking,
    pub name: Arc<str>,
}

/// A session, to be asked things and told commands.
#[derive(Clone)]
pub struct Session(pub(super) Arc<Inner>);

impl Session {
    /// Its hashtag, folded: its name in tables and keys.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Reads the session as it durably is.
    pub fn read<T>(&self, look: impl FnOnce(&Conversation) -> T) -> T {
        look(&self.0.durable.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Who is looking.
    pub fn looking(&self) -> &Looking {
        &self.0.looking
    }

    /// The present view of an audience, as the API's body.
    pub fn snapshot(&self, audience: Audience) -> Arc<Snapshot> {
        self.read(|now| match audience {
            Audience::Public => self.0.public.snapshot(now.seq(audience), || now.public()),
            Audience::Moderator => self.0.moderator.snapshot(now.seq(audience), || now.moderator()),
            Audience::Panel => self.0.panel.snapshot(now.seq(audience), || now.panel()),
        })
    }

    /// Joins a screen to an audience; what it saw before is `after`.
    pub fn join(&self, audience: Audience, after: Option<u64>) -> Joined {
        // The view changes under the write lock, so nothing falls between snapshot and patches.
        self.read(|now| match audience {
            Audience::Public => self.0.public.join(after, || now.public()),
            Audience::Moderator => self.0.moderator.join(after, || now.moderator()),
            Audience::Panel => self.0.panel.join(after, || now.panel()),
        })
    }

    /// Gives one of the public a seat among the viewers.
    pub fn admit(&self, newcomer: Newcomer, after: Option<u64>) {
        self.read(|now| self.0.public.admit(newcomer, after, || now.public()));
    }

    /// A participant asks.
    pub async fn ask(&self, by: ParticipantId, ask: Ask, once: Option<Once>) -> Result<Done, Refusal> {
        self.tell(Command::Ask { by, text: ask.text, name: ask.name }, once).await
    }

    /// A participant stands behind a question, or no longer.
    pub async fn support(&self, by: ParticipantId, question: QuestionId, on: bool) -> Result<Done, Refusal> {
        self.tell(Command::Support { by, question, on }, None).await
    }

    /// A participant takes their question back.
    pub async fn withdraw(&self, by: ParticipantId, question: QuestionId) -> Result<Done, Refusal> {
        self.tell(Command::Withdraw { by, question }, None).await
    }

    /// A moderator shows a waiting question.
    pub async fn approve(
        &self,
        by: &Moderator,
        question: QuestionId,
        seen: Option<u64>,
        once: Option<Once>,
    ) -> Result<Done, Refusal> {
        self.tell(Command::Approve { by: by.staff(), question, seen }, once).await
    }

    /// A moderator declines a question, with a reason for its asker.
    pub async fn decline(
        &self,
        by: &Moderator,
        question: QuestionId,
        body: Decline,
        once: Option<Once>,
    ) -> Result<Done, Refusal> {
        let Decline { reason, note, seen } = body;
        self.tell(Command::Decline { by: by.staff(), question, reason, note, seen }, once).await
    }

    /// A moderator brings a declined question back.
    pub async fn restore(
        &self,
        by: &Moderator,
        question: QuestionId,
        seen: Option<u64>,
        once: Option<Once>,
    ) -> Result<Done, Refusal> {
        self.tell(Command::Restore { by: by.staff(), question, seen }, once).await
    }

    /// A moderator corrects or redacts a question's words.
    pub async fn edit(
        &self,
        by: &Moderator,
        question: QuestionId,
        body: Edit,
        once: Option<Once>,
    ) -> Result<Done, Refusal> {
        self.tell(Command::Edit { by: by.staff(), question, text: body.text, seen: body.seen }, once).await
    }

    /// A moderator puts a question under another.
    pub async fn bundle(
        &self,
        by: &Moderator,
        question: QuestionId,
        body: Bundle,
        once: Option<Once>,
    ) -> Result<Done, Refusal> {
        self.tell(Command::Bundle { by: by.staff(), question, into: body.into, seen: body.seen }, once).await
    }

    /// A moderator takes a question out of its bundle.
    pub async fn unbundle(
        &self,
        by: &Moderator,
        question: QuestionId,
        seen: Option<u64>,
        once: Option<Once>,
    ) -> Result<Done, Refusal> {
        self.tell(Command::Unbundle { by: by.staff(), question, seen }, once).await
    }

    /// A moderator puts a question on stage.
    pub async fn stage(
        &self,
        by: &Moderator,
        question: QuestionId,
        seen: Option<u64>,
        once: Option<Once>,
    ) -> Result<Done, Refusal> {
        self.tell(Command::Stage { by: by.staff(), question, seen }, once).await
    }

    /// A moderator takes a question off stage.
    pub async fn unstage(
        &self,
        by: &Moderator,
        question: QuestionId,
        seen: Option<u64>,
        once: Option<Once>,
    ) -> Result<Done, Refusal> {
        self.tell(Command::Unstage { by: by.staff(), question, seen }, once).await
    }

    /// A moderator sets the queue.
    pub async fn order(&self, by: &Moderator, body: QueueOrder) -> Result<Done, Refusal> {
        self.tell(Command::Order { by: by.staff(), order: body.order, seen: body.seen }, None).await
    }

    /// A moderator enters a question for somebody in the hall.
    pub async fn enter(&self, by: &Moderator, ask: Ask, once: Option<Once>) -> Result<Done, Refusal> {
        self.tell(Command::Enter { by: by.staff(), text: ask.text, name: ask.name }, once).await
    }

    /// A moderator puts up a banner, or takes it down.
    pub async fn banner(&self, by: &Moderator, text: Option<String>) -> Result<Done, Refusal> {
        self.tell(Command::SetBanner { by: by.staff(), text }, None).await
    }

    /// A moderator opens or closes the question box.
    pub async fn question_box(&self, by: &Moderator, open: bool) -> Result<Done, Refusal> {
        self.tell(Command::SetBox { by: by.staff(), open }, None).await
    }

    /// A moderator undoes a step, anybody's.
    pub async fn undo(&self, by: &Moderator, step: u64, once: Option<Once>) -> Result<Done, Refusal> {
        self.tell(Command::Undo { by: by.staff(), step }, once).await
    }

    /// The panel answers, or corrects its answer.
    pub async fn answer(
        &self,
        by: &PanelMember,
        question: QuestionId,
        body: GiveAnswer,
        once: Option<Once>,
    ) -> Result<Done, Refusal> {
        let GiveAnswer { text, spoken, by: alderman } = body;
        self.tell(Command::Answer { by: by.staff(), question, text, spoken, alderman }, once).await
    }

    /// The panel keeps an unfinished answer.
    pub async fn draft(&self, by: &PanelMember, question: QuestionId, text: String) -> Result<Done, Refusal> {
        self.tell(Command::KeepDraft { by: by.staff(), question, text }, None).await
    }

    /// Moves the session to another phase; who may do that is proven by [`MayMovePhase`].
    pub async fn move_phase(&self, by: &impl MayMovePhase, phase: Phase, once: Option<Once>) -> Result<Done, Refusal> {
        self.tell(Command::MovePhase { by: by.staff(), phase }, once).await
    }

    /// The organiser changes title, times and the rest; the hashtag stays.
    pub async fn change(&self, by: &Organiser, details: Details) -> Result<Done, Refusal> {
        self.tell(Command::ChangeDetails { by: by.staff(), details }, None).await
    }

    /// The organiser renews a role's key.
    pub async fn renew_key(&self, by: &Organiser, role: Role, hash: [u8; 32]) -> Result<Done, Refusal> {
        self.tell(Command::RenewKey { by: by.staff(), role, hash }, None).await
    }

    async fn tell(&self, command: Command, once: Option<Once>) -> Result<Done, Refusal> {
        let (reply, answer) = oneshot::channel();
        let letter = Letter { command, once, reply };
        self.0.mailbox.send(letter).await.map_err(|_| Refusal::NotStored)?;
        answer.await.map_err(|_| Refusal::NotStored)?
    }
}

/// Moderators and organisers may move a session's phase.
pub trait MayMovePhase {
    /// Under which name.
    fn staff(&self) -> Staff;
}

impl MayMovePhase for Moderator {
    fn staff(&self) -> Staff {
        Moderator::staff(self)
    }
}

impl MayMovePhase for Organiser {
    fn staff(&self) -> Staff {
        Organiser::staff(self)
    }
}
