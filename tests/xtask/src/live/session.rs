//! The demonstration session: made when there is no session yet, recognised when there is.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;
use shared::{
    Language, Moderation, Phase, Role,
    commands::{Channels, KeyMade, Keys, NewSession, SessionListed, SessionMade},
    views::Alderman,
};

use super::keys::{self, Staff};
use crate::api::{Api, As, Failure};

/// Sees that there is a session and that the keys of its staff are known.
pub fn prepare(api: &Api, organiser: &str, data: &Path) -> Result<Staff> {
    let sessions: Vec<SessionListed> = api.get(As::Anybody, "/sessions").context("cannot list the sessions")?;
    if sessions.is_empty() {
        let made: SessionMade = api
            .send("POST", As::Bearer(organiser), "/sessions", None, &demonstration())
            .context("cannot make the demonstration session")?;
        return keep(data, Staff { hashtag: made.hashtag, keys: Some(made.keys) });
    }
    if let Some(staff) = keys::staff(data).filter(|staff| opens(api, staff)) {
        return Ok(staff);
    }
    let demonstration = demonstration().hashtag;
    if !sessions.iter().any(|session| session.hashtag == demonstration) {
        // Somebody else's sessions: their staff have their keys already.
        return Ok(Staff { hashtag: sessions[0].hashtag.clone(), keys: None });
    }
    // The keys were renewed or lost; nobody can tell the old ones, so new ones it is.
    let renewed = |role: Role| -> Result<String, Failure> {
        let path = format!("/sessions/{demonstration}/keys/{}", role.word());
        api.send("POST", As::Bearer(organiser), &path, None, &Value::Null).map(|made: KeyMade| made.key)
    };
    let made = Keys { moderator: renewed(Role::Moderator)?, panel: renewed(Role::Panel)?, desk: renewed(Role::Desk)? };
    keep(data, Staff { hashtag: demonstration.clone(), keys: Some(made) })
}

fn keep(data: &Path, staff: Staff) -> Result<Staff> {
    keys::keep_staff(data, &staff)?;
    Ok(staff)
}

/// Whether the keys still open the session.
fn opens(api: &Api, staff: &Staff) -> bool {
    let Some(keys) = &staff.keys else { return false };
    [(&keys.moderator, "moderation"), (&keys.panel, "panel"), (&keys.desk, "desk")]
        .into_iter()
        .all(|(key, view)| api.get::<Value>(As::Bearer(key), &format!("/sessions/{}/{view}", staff.hashtag)).is_ok())
}

/// The session that a first start makes.
fn demonstration() -> NewSession {
    NewSession {
        hashtag: "FietsFan010".into(),
        title: "Fietsen in Rotterdam: wat moet er beter?".into(),
        introduction: "Fietst u in Rotterdam, of zou u dat willen? Vertel wat er beter moet. Wethouder Noor Haverkamp \
                       beantwoordt de vragen live vanuit het stadhuis. Steun de vragen van anderen die u ook belangrijk \
                       vindt: die komen het eerst aan de beurt. You are welcome to ask in English."
            .into(),
        aldermen: vec![Alderman {
            name: "Noor Haverkamp".into(),
            office: "wethouder Mobiliteit".into(),
            portrait: None,
        }],
        moderation: Moderation::Before,
        phase: Some(Phase::Live),
        opens: None,
        starts: None,
        ends: None,
        timezone: None,
        languages: vec![Language::Nl, Language::En],
        ask_early: false,
        channels: Channels::default(),
    }
}
