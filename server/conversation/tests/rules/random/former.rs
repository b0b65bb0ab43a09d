//! Undoing a step at once gives the state before it.

use conversation::{Command, Conversation, Staff};
use shared::{
    Act, Role, Status,
    views::{ModeratorView, PanelView},
};

use crate::scene::Scene;

/// When the scene's last command was a step, undoes it (the scene itself stays as it is).
pub fn undoing_gives_it_back(before: &Conversation, after: &Scene) {
    let steps = |state: &Conversation| state.moderator().session.steps.last().map_or(0, |step| step.id);
    let step = steps(&after.state);
    if step == steps(before) {
        return;
    }
    let by = Staff { name: "Els".into(), role: Role::Moderator };
    let undone = after.clone().when(Command::Undo { by, step }).then_done().state;
    let (mut was, mut is) = (bare(before.moderator()), bare(undone.moderator()));
    let entered = after
        .state
        .moderator()
        .session
        .steps
        .last()
        .filter(|step| step.act == Act::Entered)
        .and_then(|step| step.question);
    if let Some(entered) = entered {
        let card = is.questions.remove(&entered).expect("moderators still see it");
        assert_eq!(card.card.status, Status::Withdrawn);
    }
    was.seq = is.seq;
    assert_eq!(is, was);
    let (was, is): (PanelView, PanelView) = (before.panel(), undone.panel());
    assert_eq!((is.session, is.questions), (was.session, was.questions));
    let (was, is) = (before.desk(), undone.desk());
    assert_eq!((is.session, is.questions), (was.session, was.questions));
    assert!(before.partings().eq(undone.partings()));
}

/// What undoing is about: not how often something was done, or by whom.
fn bare(mut view: ModeratorView) -> ModeratorView {
    view.session.steps.clear();
    for card in view.questions.values_mut() {
        card.version = 0;
        card.changed_by = None;
    }
    view
}
