//! The simulated citizens: they ask, and stand behind what others asked.

use std::{
    collections::{BTreeSet, VecDeque},
    time::Duration,
};

use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use serde_json::Value;
use shared::{
    QuestionId, Status,
    commands::{Ask, ParticipantMade},
    views::{PublicCard, PublicView},
    words,
};

use super::{
    Room, SEED,
    agenda::{self, CITIZENS, Turn},
    questions,
};
use crate::api::{As, Failure};

/// The shortest time between two things done.
const TICK: Duration = Duration::from_millis(250);
/// How often they look at what is there.
const LOOK: Duration = Duration::from_secs(2);
/// How long the hall is in full swing; after it, support comes slowly.
const SWING: Duration = Duration::from_secs(250);
/// When asking was refused for now, and the server did not say for how long.
const LATER: Duration = Duration::from_secs(10);

/// Lets all of them take part until it is time to stop; questions whose words are known are not
/// asked again.
pub fn take_part(room: &Room, known: &BTreeSet<String>) {
    let mut texts = questions::all();
    texts.retain(|text| !known.contains(&words::same_words_key(text)));
    let mut crowd = Crowd {
        room,
        dice: StdRng::seed_from_u64(SEED),
        tokens: vec![None; CITIZENS],
        supported: BTreeSet::new(),
        turns: agenda::deal(SEED, texts.len()).into(),
        texts,
    };
    let (mut view, mut look, mut support): (Option<PublicView>, _, _) = (None, LOOK, LOOK);
    while room.stop.wait(TICK) {
        let now = room.watch.elapsed();
        crowd.ask(now);
        if now >= look {
            view = room.api.get(As::Anybody, &room.path).ok().or(view);
            look = now + LOOK;
        }
        if now >= support
            && let Some(view) = &view
        {
            crowd.support(view, now);
            let pause = if now < SWING { 150..600 } else { 4_000..10_000 };
            support = now + Duration::from_millis(crowd.dice.random_range(pause));
        }
    }
}

/// Everybody, and what they have done so far.
struct Crowd<'a> {
    room: &'a Room,
    dice: StdRng,
    /// By citizen; those who did nothing yet have none.
    tokens: Vec<Option<String>>,
    supported: BTreeSet<(usize, QuestionId)>,
    turns: VecDeque<Turn>,
    texts: Vec<&'static str>,
}

impl Crowd<'_> {
    /// Asks the next question when its time has come.
    fn ask(&mut self, now: Duration) {
        let Some(turn) = self.turns.front().copied().filter(|turn| turn.at <= now) else {
            return;
        };
        let text = self.texts[turn.question];
        match self.try_to_ask(turn, text) {
            Ok(()) => self.room.tell(agenda::name(turn.citizen).unwrap_or("somebody"), "asks", text),
            Err(Failure::Refused { status: 409 | 429 | 503, retry_after, .. }) => {
                self.turns[0].at = now + retry_after.unwrap_or(LATER);
                return;
            }
            Err(Failure::Lost(_)) => {
                self.turns[0].at = now + LATER;
                return;
            }
            Err(failure) => self.room.tell("somebody", "could not ask", &failure.to_string()),
        }
        self.turns.pop_front();
    }

    fn try_to_ask(&mut self, turn: Turn, text: &str) -> Result<(), Failure> {
        let token = self.token(turn.citizen)?;
        let path = format!("{}/questions", self.room.path);
        let body = Ask { text: text.to_owned(), name: agenda::name(turn.citizen).map(str::to_owned) };
        // A second try after a lost answer is then the same question.
        let once = format!("demonstration-{}", turn.question);
        self.room.api.send::<Value>("POST", As::Bearer(&token), &path, Some(&once), &body).map(|_| ())
    }

    /// Lets somebody stand behind a question; now and then somebody changes their mind.
    fn support(&mut self, view: &PublicView, now: Duration) {
        let arrived = usize::try_from(now.as_secs() + 3).unwrap_or(CITIZENS).min(CITIZENS);
        let citizen = self.dice.random_range(0..arrived);
        let back = self.dice.random_ratio(1, 25);
        let is_known = |card: &&PublicCard| self.supported.contains(&(citizen, card.id)) == back;
        let cards: Vec<_> = view.questions.values().filter(|card| is_open(card)).filter(is_known).collect();
        let weights: u32 = cards.iter().map(|card| weight(card)).sum();
        if weights == 0 {
            return;
        }
        let mut lot = self.dice.random_range(0..weights);
        let drawn = cards.into_iter().find(|card| {
            let hit = lot < weight(card);
            lot = lot.saturating_sub(weight(card));
            hit
        });
        let Some(card) = drawn else { return };
        let Ok(token) = self.token(citizen) else { return };
        let path = format!("{}/questions/{}/support", self.room.path, card.id);
        let method = if back { "DELETE" } else { "PUT" };
        // A refusal means that the question has left meanwhile: nothing to do about it.
        let _ = self.room.api.send::<Value>(method, As::Bearer(&token), &path, None, &Value::Null);
        if back {
            self.supported.remove(&(citizen, card.id));
        } else {
            self.supported.insert((citizen, card.id));
        }
    }

    /// A citizen's token; whoever has none yet comes in first.
    fn token(&mut self, citizen: usize) -> Result<String, Failure> {
        if let Some(token) = &self.tokens[citizen] {
            return Ok(token.clone());
        }
        let made: ParticipantMade = self.room.api.send("POST", As::Anybody, "/participants", None, &Value::Null)?;
        self.tokens[citizen] = Some(made.token.clone());
        Ok(made.token)
    }
}

fn is_open(card: &PublicCard) -> bool {
    card.lead.is_none() && matches!(card.status, Status::Shown | Status::OnStage)
}

/// What many stand behind draws more.
fn weight(card: &PublicCard) -> u32 {
    card.support + 2
}
