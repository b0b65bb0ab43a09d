//! Records of a journal as they are on disk: a moment, and a list of events in JSON.

use conversation::{Conversation, Event};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{screens::Screens, wishes};

/// The most records that are tried.
const MOST: usize = 80;

/// Each line is a record, or not. What can be read can be written and read again, with fields that
/// are not known or without; whatever was read can be history, in any order, and screens follow it.
pub fn records(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut session: Option<(Conversation, Screens)> = None;
    for line in text.lines().take(MOST) {
        let Some((at, events)) = record(line) else { continue };
        for event in &events {
            reads_the_same_again(event);
            match &mut session {
                None => session = Conversation::begin(at, event).map(|begun| (begun.clone(), Screens::of(&begun))),
                Some((session, screens)) => {
                    let changes = session.apply(at, event);
                    screens.see(changes, session);
                }
            }
        }
    }
    let Some((session, _)) = session else { return };
    for who in wishes::everybody() {
        let _ = session.mine(who);
    }
    let _ = (session.next_due(), session.listed(), session.details().write());
}

/// As the journal reads its rows.
fn record(line: &str) -> Option<(Timestamp, Vec<Event>)> {
    let (at, events) = line.split_once(' ')?;
    Some((at.parse().ok()?, serde_json::from_str(events).ok()?))
}

fn reads_the_same_again(event: &Event) {
    let mut written = serde_json::to_value(event).expect("JSON");
    assert_eq!(serde_json::from_value::<Event>(written.clone()).as_ref().ok(), Some(event), "as it was written");
    written["of a newer program"] = json!([1, { "more": null }]);
    assert_eq!(serde_json::from_value::<Event>(written.clone()).as_ref().ok(), Some(event), "unknown fields are left");
    written["event"] = Value::from("ofANewerProgram");
    assert!(serde_json::from_value::<Event>(written).is_err(), "an unknown event is refused");
}
