//! Screens of every audience that follow a session by its patches, and what must be true of it
//! after each event.

use std::{collections::BTreeSet, fmt::Debug};

use conversation::{Changes, Conversation};
use shared::{
    Status,
    views::{
        Card, DeskCard, DeskSession, ModeratorCard, ModeratorSession, ModeratorView, PanelCard, PanelSession, Patch,
        PublicCard, PublicSession, PublicView, View,
    },
};

/// One screen of each kind.
pub struct Screens {
    public: View<PublicSession, PublicCard>,
    moderator: View<ModeratorSession, ModeratorCard>,
    panel: View<PanelSession, PanelCard>,
    desk: View<DeskSession, DeskCard>,
}

impl Screens {
    /// With a session as it is.
    pub fn of(session: &Conversation) -> Self {
        Self { public: session.public(), moderator: session.moderator(), panel: session.panel(), desk: session.desk() }
    }

    /// Something happened; now each must show what its audience may see, no more and no less.
    pub fn see(&mut self, changes: Changes, now: &Conversation) {
        follow(&mut self.public, changes.public, &now.public());
        follow(&mut self.moderator, changes.moderator, &now.moderator());
        follow(&mut self.panel, changes.panel, &now.panel());
        follow(&mut self.desk, changes.desk, &now.desk());
    }

    /// What holds when only commands made history: events that no command leads to may leave a
    /// session odd, but never broken.
    pub fn are_sound(&self) {
        nothing_hidden_is_public(&self.public, &self.moderator);
        counts_are_right(&self.public);
        queue_and_stage_are_public(&self.public);
    }
}

fn follow<H: Debug + PartialEq, C: Card + Debug>(
    screen: &mut View<H, C>,
    patch: Option<Patch<H, C>>,
    now: &View<H, C>,
) {
    if let Some(patch) = patch {
        assert_eq!((patch.after, patch.seq), (screen.seq, now.seq), "a patch leads from the last one on");
        screen.apply(patch).expect("no gap");
    }
    assert_eq!(screen, now, "what a screen has by patches is what it would get whole");
}

fn is_public(status: Status) -> bool {
    matches!(status, Status::Shown | Status::OnStage | Status::Answered)
}

fn nothing_hidden_is_public(public: &PublicView, all: &ModeratorView) {
    for (id, card) in &all.questions {
        assert_eq!(public.questions.get(id), is_public(card.card.status).then_some(&card.card), "{id}");
    }
}

fn counts_are_right(public: &PublicView) {
    let count = |which: &dyn Fn(&PublicCard) -> bool| {
        u32::try_from(public.questions.values().filter(|card| which(card)).count()).expect("few")
    };
    let counts = public.session.counts;
    let answered = |card: &PublicCard| public.questions[&card.lead.unwrap_or(card.id)].answer.is_some();
    assert_eq!(counts.asked, count(&|_| true));
    assert_eq!(counts.bundled, count(&|card| card.lead.is_some()));
    assert_eq!(counts.answered, count(&answered));
}

fn queue_and_stage_are_public(public: &PublicView) {
    let session = &public.session;
    assert_eq!(BTreeSet::from_iter(&session.queue).len(), session.queue.len(), "each once");
    for id in &session.queue {
        let card = &public.questions[id];
        assert_eq!((card.status, card.lead), (Status::Shown, None), "the queue holds shown leads");
    }
    if let Some(id) = session.on_stage {
        assert_eq!(public.questions[&id].lead, None, "the stage shows a lead");
    }
}
