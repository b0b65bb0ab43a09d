//! A live session as it is half an hour into the evening, made over the API.

use anyhow::Result;
use serde_json::{Value, json};
use shared::{
    commands::{Asked, ParticipantMade, SessionMade},
    views::PublicView,
};

use crate::{
    api::{Api, As},
    demo::questions,
};

/// How many questions are on the page.
pub const QUESTIONS: usize = 60;
/// Every so many questions one is answered.
const ANSWERED: usize = 8;
/// How many people stand behind the most supported question, above its asker.
const CROWD: usize = 12;

/// Makes the session; its hashtag.
pub fn set(api: &Api, organiser: &str) -> Result<String> {
    let session = json!({
        "hashtag": "FietsFan010",
        "title": "Fietsen in Rotterdam: wat moet er beter?",
        "introduction": "Fietst u in Rotterdam, of zou u dat willen? Vertel wat er beter moet.",
        "aldermen": [{ "name": "Noor Haverkamp", "office": "wethouder Mobiliteit" }],
        "moderation": "after",
        "phase": "live",
    });
    let made: SessionMade = api.send("POST", As::Bearer(organiser), "/sessions", None, &session)?;
    let here = format!("/sessions/{}/questions", made.hashtag);
    let mut people = Vec::new();
    let mut asked = Vec::new();
    for text in questions::all().into_iter().cycle().take(QUESTIONS) {
        let person: ParticipantMade = api.send("POST", As::Anybody, "/participants", None, &Value::Null)?;
        let question: Asked =
            api.send("POST", As::Bearer(&person.token), &here, None, &json!({ "text": text, "name": "Fatima" }))?;
        people.push(person.token);
        asked.push(question.id);
    }
    for (place, id) in asked.iter().enumerate() {
        for person in people.iter().skip(place).take(CROWD.saturating_sub(place)) {
            let _: Value = api.send("PUT", As::Bearer(person), &format!("{here}/{id}/support"), None, &Value::Null)?;
        }
    }
    let (moderator, panel) = (As::Bearer(&made.keys.moderator), As::Bearer(&made.keys.panel));
    for id in asked.iter().step_by(ANSWERED) {
        let _: Value = api.send("POST", moderator, &format!("{here}/{id}/stage"), None, &json!({}))?;
        let answer = json!({ "text": "U hebt gelijk. Dit najaar komen er 800 plekken bij aan de kant van het Weena." });
        let _: Value = api.send("POST", panel, &format!("{here}/{id}/answer"), None, &answer)?;
    }
    if let Some(id) = asked.get(1) {
        let _: Value = api.send("POST", moderator, &format!("{here}/{id}/stage"), None, &json!({}))?;
    }
    let view: PublicView = api.get(As::Anybody, &format!("/sessions/{}", made.hashtag))?;
    anyhow::ensure!(view.questions.len() == QUESTIONS, "{} of {QUESTIONS} questions are there", view.questions.len());
    Ok(made.hashtag)
}
