//! What a sender is told when a command was done: the same JSON that the API promises.

use conversation::{Command, Conversation, Decision, ParticipantId};
use serde_json::{Value, json};
use shared::{
    QuestionId, Status,
    commands::{Asked, ManyDone, Supported},
};

/// The answer to a command that was just applied to `now`.
pub fn answer(command: &Command, decision: &Decision, now: &Conversation) -> Value {
    let about = decision.about;
    match command {
        Command::Ask { by, .. } => asked(about, about.and_then(|id| now.mine_card(*by, id)).map(|card| card.status)),
        Command::Enter { .. } => asked(about, Some(Status::Shown)),
        Command::Support { question, .. } => value(&Supported { support: now.support_of(*question) }),
        Command::Withdraw { by, question } => mine(*by, *question, now),
        Command::Approve { question, .. }
        | Command::Decline { question, .. }
        | Command::Restore { question, .. }
        | Command::Edit { question, .. }
        | Command::Bundle { question, .. }
        | Command::Unbundle { question, .. }
        | Command::Mask { question, .. }
        | Command::Lead { question, .. }
        | Command::Label { question, .. }
        | Command::Assign { question, .. }
        | Command::Route { question, .. }
        | Command::Revise { question, .. }
        | Command::Tell { question, .. }
        | Command::Stage { question, .. }
        | Command::Unstage { question, .. } => value(&now.moderator_card(*question)),
        Command::Answer { question, .. } => value(&now.public_card(*question)),
        Command::Many { questions, .. } => {
            let done = u32::try_from(questions.len() - decision.left.len()).unwrap_or(u32::MAX);
            value(&ManyDone { done, left: decision.left.clone() })
        }
        Command::Write { question, paper, .. } => value(&now.paper_now(*question, *paper)),
        Command::Hear { .. } | Command::Unhear { .. } => {
            asked(about, about.and_then(|id| now.moderator_card(id)).map(|card| card.card.status))
        }
        Command::Announce { .. } => json!({ "announced": true }),
        Command::Part { .. } => json!({ "apart": true }),
        Command::Order { .. } => json!({ "order": now.queue() }),
        Command::SetBanner { .. } => json!({ "banner": now.public_head().banner }),
        Command::SetBox { .. } => json!({ "boxOpen": now.public_head().box_open }),
        Command::Undo { step, .. } => json!({ "undone": step }),
        Command::KeepDraft { text, .. } => json!({ "kept": !text.trim().is_empty() }),
        Command::MovePhase { .. } | Command::Tick => json!({ "phase": now.phase() }),
        Command::ChangeDetails { .. } | Command::RenewKey { .. } => value(&now.listed()),
    }
}

fn asked(about: Option<QuestionId>, status: Option<Status>) -> Value {
    match (about, status) {
        (Some(id), Some(status)) => value(&Asked { id, status }),
        _ => Value::Null,
    }
}

fn mine(by: ParticipantId, question: QuestionId, now: &Conversation) -> Value {
    value(&now.mine_card(by, question))
}

fn value<T: serde::Serialize>(body: &T) -> Value {
    // Views are plain structs with string keys; they always have a JSON form.
    serde_json::to_value(body).unwrap_or(Value::Null)
}
