//! What people can do to a session, as sentences. Each is a command to its task, and is answered when
//! it is durable.

use conversation::{Command, Details, Noted, Paper, ParticipantId, Post, Staff};
use shared::{
    Flag, Phase, QuestionId, Refusal, Role,
    commands::{
        Ask, Assign, Bundle, Decline, Edit, GiveAnswer, Label, Many, Part, QueueOrder, Revise, Route, Tell, WritePaper,
    },
    words,
};
use tokio::sync::oneshot;

use super::session::{Done, Letter, Once, Session};
use crate::people::{CivilServant, Moderator, Organiser, PanelMember};

impl Session {
    /// A participant asks; what was noticed about how they do is flagged with the words.
    pub async fn ask(
        &self,
        by: ParticipantId,
        ask: Ask,
        noticed: Option<Flag>,
        once: Option<Once>,
    ) -> Result<Done, Refusal> {
        let mut noted = self.look(&ask.text);
        noted.flags.extend(noticed);
        self.tell(Command::Ask { by, text: ask.text, name: ask.name, noted }, once).await
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
        let Decline { reason, note, answer, seen } = body;
        self.tell(Command::Decline { by: by.staff(), question, reason, note, answer, seen }, once).await
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
        let Noted { flags, .. } = self.look(&body.text);
        let Edit { text, seen } = body;
        self.tell(Command::Edit { by: by.staff(), question, text, flags, seen }, once).await
    }

    /// A moderator puts a block over what was flagged.
    pub async fn mask(
        &self,
        by: &Moderator,
        question: QuestionId,
        seen: Option<u64>,
        once: Option<Once>,
    ) -> Result<Done, Refusal> {
        self.tell(Command::Mask { by: by.staff(), question, seen }, once).await
    }

    /// A moderator makes a wording the lead of its bundle.
    pub async fn lead(
        &self,
        by: &Moderator,
        question: QuestionId,
        seen: Option<u64>,
        once: Option<Once>,
    ) -> Result<Done, Refusal> {
        self.tell(Command::Lead { by: by.staff(), question, seen }, once).await
    }

    /// A moderator says which questions do not mean the same.
    pub async fn part(&self, by: &Moderator, Part { these, those }: Part) -> Result<Done, Refusal> {
        self.tell(Command::Part { by: by.staff(), these, those }, None).await
    }

    /// A moderator puts a label on a question, or takes it off.
    pub async fn label(&self, by: &Moderator, question: QuestionId, body: Label) -> Result<Done, Refusal> {
        let Label { label, on, seen } = body;
        self.tell(Command::Label { by: by.staff(), question, label, on, seen }, None).await
    }

    /// A moderator gives a question to an alderman.
    pub async fn assign(&self, by: &Moderator, question: QuestionId, body: Assign) -> Result<Done, Refusal> {
        let Assign { alderman, seen } = body;
        self.tell(Command::Assign { by: by.staff(), question, alderman, seen }, None).await
    }

    /// A moderator sends a question to a department.
    pub async fn route(&self, by: &Moderator, question: QuestionId, body: Route) -> Result<Done, Refusal> {
        let Route { department, due, seen } = body;
        self.tell(Command::Route { by: by.staff(), question, department, due, seen }, None).await
    }

    /// A moderator does the same to many questions at once.
    pub async fn many(&self, by: &Moderator, body: Many, once: Option<Once>) -> Result<Done, Refusal> {
        let Many { deed, questions } = body;
        self.tell(Command::Many { by: by.staff(), deed, questions }, once).await
    }

    /// A post was heard elsewhere.
    pub async fn hear(
        &self,
        post: Box<Post>,
        text: String,
        name: Option<String>,
        language: Option<String>,
    ) -> Result<Done, Refusal> {
        let mut noted = words::question_cut(&text).map_or_else(|_| Noted::default(), |text| self.0.notice.look(&text));
        noted.language = language.or(noted.language);
        self.tell(Command::Hear { post, text, name, noted }, None).await
    }

    /// A post is no longer where it was heard.
    pub async fn unhear(&self, address: String) -> Result<Done, Refusal> {
        self.tell(Command::Unhear { address }, None).await
    }

    /// A moderator takes over what an author made of their post, or leaves it.
    pub async fn revise(&self, by: &Moderator, question: QuestionId, body: Revise) -> Result<Done, Refusal> {
        let Revise { take, seen } = body;
        self.tell(Command::Revise { by: by.staff(), question, take, seen }, None).await
    }

    /// A moderator says whether the author of a post is told what becomes of it.
    pub async fn tell_author(&self, by: &Moderator, question: QuestionId, body: Tell) -> Result<Done, Refusal> {
        let Tell { on, seen } = body;
        self.tell(Command::Tell { by: by.staff(), question, on, seen }, None).await
    }

    /// A moderator says something on the networks.
    pub async fn announce(&self, by: &Moderator, text: String, once: Option<Once>) -> Result<Done, Refusal> {
        self.tell(Command::Announce { by: by.staff(), text }, once).await
    }

    /// A civil servant writes beside a question.
    pub async fn write(
        &self,
        by: &CivilServant,
        question: QuestionId,
        paper: Paper,
        body: WritePaper,
    ) -> Result<Done, Refusal> {
        let WritePaper { text, ready, seen } = body;
        self.tell(Command::Write { by: by.staff(), question, paper, text, ready, seen }, None).await
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
        let noted = self.look(&ask.text);
        self.tell(Command::Enter { by: by.staff(), text: ask.text, name: ask.name, noted }, once).await
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

    /// What deserves a look, at its place in the words as they will be kept.
    fn look(&self, text: &str) -> Noted {
        words::question(text).map_or_else(|_| Noted::default(), |text| self.0.notice.look(&text))
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
