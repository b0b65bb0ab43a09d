//! A line of a fuzzer's input, read as a command: `WORD WHO+QUESTION BODY`, for instance
//! `support 13` or `edit 02 {"text":"Beter zo?"}`. Bodies are those of the API, the forms and the
//! socket, and are read into the same types.

use conversation::{Command, Conversation, Details, Noted, Paper, ParticipantId, Staff};
use serde::de::DeserializeOwned;
use shared::{
    Flag, FlagKind, QuestionId, Role,
    commands::{
        Ask, Assign, Bundle, Decline, Edit, GiveAnswer, KeepDraft, Label, Many, MovePhase, NewSession, Part,
        QueueOrder, Route, Seen, SetBanner, SetBox, WritePaper,
    },
    frames::SocketCommand,
};

/// How many different people there are.
const PEOPLE: u8 = 6;

/// Somebody, by a digit.
pub fn participant(digit: u8) -> ParticipantId {
    ParticipantId(0xa0 + u128::from(digit % PEOPLE))
}

/// Everybody there is.
pub fn everybody() -> impl Iterator<Item = ParticipantId> {
    (0..PEOPLE).map(participant)
}

/// The command in a line, if there is one: not every line can be read, as not every request can.
pub fn command(line: &str, asked: &[QuestionId], now: &Conversation) -> Option<Command> {
    let mut parts = line.splitn(3, ' ');
    let word = parts.next()?;
    let mut target = parts.next().unwrap_or_default().bytes();
    let (who, which) = (target.next().unwrap_or(b'0'), target.next().unwrap_or(b'0'));
    let body = parts.next().unwrap_or_default();
    let (participant, question) = (participant(who.wrapping_sub(b'0')), question(which, asked));
    let by = Staff { name: format!("Staf {}", char::from(who)), role: Role::Moderator };
    Some(match word {
        "ask" => ask(participant, json(body)?),
        "form" => ask(participant, serde_urlencoded::from_str(body).ok()?),
        "socket" => match json(body)? {
            SocketCommand::Ask { text, name, .. } => {
                Command::Ask { by: participant, text, name, noted: Noted::default() }
            }
            SocketCommand::Support { question, on, .. } => Command::Support { by: participant, question, on },
        },
        "support" => Command::Support { by: participant, question, on: true },
        "unsupport" => Command::Support { by: participant, question, on: false },
        "withdraw" => Command::Withdraw { by: participant, question },
        "approve" => Command::Approve { by, question, seen: seen(body)?.seen },
        "restore" => Command::Restore { by, question, seen: seen(body)?.seen },
        "unbundle" => Command::Unbundle { by, question, seen: seen(body)?.seen },
        "stage" => Command::Stage { by, question, seen: seen(body)?.seen },
        "unstage" => Command::Unstage { by, question, seen: seen(body)?.seen },
        "decline" => {
            let Decline { reason, note, answer, seen } = json(body)?;
            Command::Decline { by, question, reason, note, answer, seen }
        }
        "edit" => {
            let Edit { text, seen } = json(body)?;
            Command::Edit { by, question, text, flags: Vec::new(), seen }
        }
        "bundle" => {
            let Bundle { into, seen } = json(body)?;
            Command::Bundle { by, question, into, seen }
        }
        "lead" => Command::Lead { by, question, seen: seen(body)?.seen },
        "mask" => Command::Mask { by, question, seen: seen(body)?.seen },
        "part" => {
            let Part { these, those } = json(body)?;
            Command::Part { by, these, those }
        }
        "label" => {
            let Label { label, on, seen } = json(body)?;
            Command::Label { by, question, label, on, seen }
        }
        "assign" => {
            let Assign { alderman, seen } = json(body)?;
            Command::Assign { by, question, alderman, seen }
        }
        "route" => {
            let Route { department, due, seen } = json(body)?;
            Command::Route { by, question, department, due, seen }
        }
        "many" => {
            let Many { deed, questions } = json(body)?;
            Command::Many { by, deed, questions }
        }
        "briefing" => write(by, question, Paper::Briefing, json(body)?),
        "proposal" => write(by, question, Paper::Proposal, json(body)?),
        "order" => {
            let QueueOrder { order, seen } = json(body)?;
            Command::Order { by, order, seen }
        }
        "enter" => {
            let Ask { text, name } = json(body)?;
            Command::Enter { by, text, name, noted: Noted::default() }
        }
        "banner" => Command::SetBanner { by, text: json::<SetBanner>(body)?.text },
        "box" => Command::SetBox { by, open: json::<SetBox>(body)?.open },
        // The latest step, or one before it.
        "undo" => {
            let back = u64::from(which.wrapping_sub(b'0') % 10);
            let latest = now.moderator().session.steps.last().map_or(0, |step| step.id);
            Command::Undo { by, step: body.parse().unwrap_or(latest.saturating_sub(back)) }
        }
        "answer" => {
            let GiveAnswer { text, spoken, by: alderman } = json(body)?;
            Command::Answer { by, question, text, spoken, alderman }
        }
        "draft" => Command::KeepDraft { by, question, text: json::<KeepDraft>(body)?.text },
        "phase" => Command::MovePhase { by, phase: json::<MovePhase>(body)?.phase },
        "change" => Command::ChangeDetails { by, details: Details::read(&json::<NewSession>(body)?).ok()? },
        "renew" => Command::RenewKey { by, role: Role::Panel, hash: [who; 32] },
        "tick" => Command::Tick,
        _ => return None,
    })
}

fn ask(by: ParticipantId, Ask { text, name }: Ask) -> Command {
    Command::Ask { by, text, name, noted: noted_in(by) }
}

/// Some people's words are flagged, at places that need not be in them.
fn noted_in(by: ParticipantId) -> Noted {
    let flags = vec![Flag { kind: FlagKind::Phone, from: 2, to: 9, saw: "06".into() }];
    if by.0.is_multiple_of(2) { Noted { flags, language: Some("nl".into()) } } else { Noted::default() }
}

fn write(by: Staff, question: QuestionId, paper: Paper, body: WritePaper) -> Command {
    let WritePaper { text, ready, seen } = body;
    Command::Write { by, question, paper, text, ready, seen }
}

/// A body that may be left out.
fn seen(body: &str) -> Option<Seen> {
    if body.is_empty() { Some(Seen::default()) } else { json(body) }
}

fn json<T: DeserializeOwned>(body: &str) -> Option<T> {
    serde_json::from_str(body).ok()
}

/// One that was asked, by a digit or letter, or one that is nowhere.
fn question(which: u8, asked: &[QuestionId]) -> QuestionId {
    let place = usize::from(which.wrapping_sub(b'0'));
    if asked.is_empty() || which == b'-' { QuestionId(u64::MAX) } else { asked[place % asked.len()] }
}
