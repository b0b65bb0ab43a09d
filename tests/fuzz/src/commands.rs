//! Commands as they come through API, forms and sockets, and a session that has to cope with them.

use conversation::{Conversation, Details, Event, Ids};
use jiff::{SignedDuration, Timestamp};
use shared::{
    Phase, QuestionId, Role,
    commands::NewSession,
    views::{Alderman, Mine},
};

use crate::{screens::Screens, wishes};

/// The most lines that are tried; a history this long holds every combination of a few.
const MOST: usize = 80;

/// Each line is a command, or not. No panic; a refusal comes to nothing; every screen shows what it
/// should, participants hear of what concerns them, and the journal leads to the same session again.
pub fn commands(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (mut at, created) = beginning();
    let mut session = Conversation::begin(at, &created).expect("a beginning");
    let mut screens = Screens::of(&session);
    let mut journal = vec![(at, written(&created))];
    let mut ids = Counted(0);
    for line in text.lines().take(MOST) {
        let asked: Vec<QuestionId> = (1..=ids.0).map(QuestionId).collect();
        let Some(command) = wishes::command(line, &asked, &session) else { continue };
        at += SignedDuration::from_mins(1);
        let decided = session.decide(&command, at, &mut ids);
        let again = session.decide(&command, at, &mut Counted(ids.0));
        assert_eq!(decided.is_err(), again.is_err(), "deciding is no deed");
        let Ok(decision) = decided else { continue };
        for event in &decision.events {
            let before: Vec<Mine> = wishes::everybody().map(|who| session.mine(who)).collect();
            let changes = session.apply(at, event);
            for (who, before) in wishes::everybody().zip(before) {
                assert!(changes.participants.contains(&who) || session.mine(who) == before, "{who} was not told");
            }
            screens.see(changes, &session);
            journal.push((at, written(event)));
        }
        screens.are_sound();
    }
    let _ = session.next_due();
    assert_eq!(replayed(&journal), session, "the journal leads to the same session");
}

fn beginning() -> (Timestamp, Event) {
    let body = NewSession {
        hashtag: "FietsFan010".into(),
        title: "Fietsen in de stad".into(),
        aldermen: vec![Alderman { name: "Judith Bokhove".into(), ..Alderman::default() }],
        starts: Some("2026-05-12T14:30".into()),
        ends: Some("2026-05-12T15:30".into()),
        ..NewSession::default()
    };
    let details = Details::read(&body).expect("details");
    let keys = vec![(Role::Moderator, [1; 32]), (Role::Panel, [2; 32])];
    let at = Timestamp::from_second(1_778_587_200).expect("a moment");
    (at, Conversation::create(details, Some(Phase::Open), keys))
}

fn written(event: &Event) -> String {
    serde_json::to_string(event).expect("JSON")
}

fn replayed(journal: &[(Timestamp, String)]) -> Conversation {
    let mut events = journal.iter().map(|(at, json)| (*at, serde_json::from_str::<Event>(json).expect("an event")));
    let (at, created) = events.next().expect("a beginning");
    let mut session = Conversation::begin(at, &created).expect("a beginning");
    for (at, event) in events {
        session.apply(at, &event);
    }
    session
}

/// Ids that count.
struct Counted(u64);

impl Ids for Counted {
    fn question(&mut self) -> QuestionId {
        self.0 += 1;
        QuestionId(self.0)
    }
}
