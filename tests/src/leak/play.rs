//! A session as it might go: people and staff doing things at random, each with a marker in it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use shared::{QuestionId, Role, commands::Asked};

use super::markers::{Known, Markers, is_public};
use crate::harness::{Citizen, Hall, Moderator, ORGANISER_KEY, Office, Panel, Reply, Seeds};

const COMMANDS: [&str; 41] = [
    "ask", "ask", "ask", "ask", "support", "withdraw", "approve", "approve", "approve", "decline", "decline",
    "restore", "edit", "bundle", "bundle", "bundle", "unbundle", "stage", "queue", "answer", "draft", "banner", "undo",
    "enter", "route", "route", "route", "briefing", "briefing", "proposal", "proposal", "label", "assign", "mask",
    "mask", "lead", "part", "claim", "many", "paste", "paste",
];

/// The people, what they did, and what they know.
pub struct Play {
    seeds: Seeds,
    markers: Markers,
    citizens: Vec<Citizen>,
    moderator: Moderator,
    panel: Panel,
    office: Office,
    own: Vec<BTreeSet<String>>,
    asked: Vec<QuestionId>,
    asked_by: Vec<Vec<QuestionId>>,
    drafts: BTreeSet<String>,
    ever_public: BTreeSet<QuestionId>,
    let_through: BTreeSet<QuestionId>,
    /// Every key and token there is or was.
    pub keys: Vec<String>,
    /// How often each command was done.
    pub done: BTreeMap<&'static str, usize>,
}

impl Play {
    /// With five citizens, a moderator and the panel.
    pub async fn begins(hall: &Hall, seeds: Seeds) -> Self {
        let mut citizens = Vec::new();
        for _ in 0..5 {
            citizens.push(hall.citizen().await);
        }
        let made = hall.made.keys.clone();
        let mut keys = vec![ORGANISER_KEY.to_owned(), made.moderator, made.panel, made.desk];
        keys.extend(citizens.iter().filter_map(|citizen| citizen.caller.key().map(str::to_owned)));
        Self {
            seeds,
            markers: Markers::default(),
            own: vec![BTreeSet::new(); citizens.len()],
            citizens,
            moderator: hall.moderator.clone(),
            panel: hall.panel.clone(),
            office: hall.office.clone(),
            asked: Vec::new(),
            asked_by: vec![Vec::new(); 5],
            drafts: BTreeSet::new(),
            ever_public: BTreeSet::new(),
            let_through: BTreeSet::new(),
            keys,
            done: BTreeMap::new(),
        }
    }

    /// Does one thing at random, which may be refused.
    pub async fn acts(&mut self) -> &'static str {
        let command = *self.seeds.pick(&COMMANDS).expect("a command");
        let reply = match command {
            "ask" | "support" | "withdraw" => self.citizen_acts(command).await,
            "answer" | "draft" => self.panel_acts(command).await,
            "briefing" | "proposal" => self.office_acts(command).await,
            _ => self.moderator_acts(command).await,
        };
        if let Some(reply) = reply {
            assert!(reply.status < 500, "{reply:?}");
            if reply.status < 300 {
                *self.done.entry(command).or_default() += 1;
            }
        }
        command
    }

    /// Whether enough happened for the run to mean something.
    pub fn was_eventful(&self) -> bool {
        COMMANDS.iter().all(|command| self.done.contains_key(command))
    }

    /// What may be known now, and what not.
    pub async fn knows(&mut self) -> Known {
        let view = self.moderator.view().await;
        for card in view.questions.values().filter(|card| is_public(card.card.status)) {
            assert!(self.let_through.contains(&card.card.id), "shown without a moderator: {card:?}");
            self.ever_public.insert(card.card.id);
        }
        let never_shown = self.asked.iter().filter(|id| !self.ever_public.contains(id)).copied().collect();
        let (drafts, keys, all) = (self.drafts.clone(), self.keys.clone(), self.asked.clone());
        Known { public: Known::public_of(&view), drafts, all, never_shown, keys, view }
    }

    /// An asker's own part holds their own words, what was noted for them, and what is public.
    pub async fn askers_see_their_own_only(&self, known: &Known) -> Vec<String> {
        let mut leaks = Vec::new();
        for (citizen, own) in self.citizens.iter().zip(&self.own) {
            let mine = citizen.mine().await;
            let mut may = known.public.clone();
            may.extend(own.iter().cloned());
            for card in mine.questions.iter().filter_map(|own| known.view.card(own.id)) {
                may.extend(Markers::in_text(&card.card.text));
                may.extend(card.note.iter().flat_map(|note| Markers::in_text(note)));
            }
            let text = serde_json::to_string(&mine).expect("JSON");
            leaks.extend(known.markers_besides("somebody's own questions", &text, &may));
        }
        leaks
    }

    async fn citizen_acts(&mut self, command: &str) -> Option<Reply> {
        let who = self.seeds.below(self.citizens.len());
        let citizen = self.citizens[who].clone();
        if command == "ask" {
            let (text, name, topic) = (self.markers.next(), self.markers.next(), self.markers.next());
            self.own[who].extend([text.clone(), name.clone(), topic.clone()]);
            let body = json!({ "text": format!("Wat vindt u van {text} bij #{topic}?"), "name": name });
            let reply = citizen.caller.post("/sessions/FietsFan010/questions", body).await;
            let asked = (reply.status == 201).then(|| reply.read::<Asked>().id);
            self.asked.extend(asked);
            self.asked_by[who].extend(asked);
            return Some(reply);
        }
        if command == "support" {
            let shown: Vec<QuestionId> = self.ever_public.iter().copied().collect();
            let question = self.seeds.pick(&shown).copied()?;
            return Some(citizen.tries_to_support(question).await);
        }
        let question = self.seeds.pick(&self.asked_by[who]).copied()?;
        Some(citizen.tries_to_withdraw(question).await)
    }

    async fn panel_acts(&mut self, command: &str) -> Option<Reply> {
        let on_stage = self.panel.view().await.session.public.on_stage;
        let question = on_stage.or(self.some_question())?;
        let marker = self.markers.next();
        if command == "draft" {
            self.drafts.insert(marker.clone());
            return Some(self.panel.drafts(question, &format!("Misschien {marker}")).await);
        }
        Some(self.panel.tries_to_answer(question, json!({ "text": format!("Zeker {marker}.") })).await)
    }

    async fn office_acts(&mut self, command: &str) -> Option<Reply> {
        let routed: Vec<QuestionId> = self.office.view().await.questions.into_keys().collect();
        let question = *self.seeds.pick(&routed)?;
        let marker = self.markers.next();
        let ready = self.seeds.below(2) == 0;
        if command == "briefing" || ready {
            self.drafts.insert(marker.clone());
        }
        let body = json!({ "text": format!("Feiten {marker}"), "ready": ready });
        Some(self.office.writes(command, question, body).await)
    }

    async fn moderator_acts(&mut self, command: &'static str) -> Option<Reply> {
        let moderator = self.moderator.clone();
        let marker = self.markers.next();
        match command {
            "paste" => {
                let (author, address) = (self.markers.next(), self.markers.next());
                let body = json!({
                    "text": format!("Geplakt: {marker}?"), "author": format!("@{author}"),
                    "address": format!("https://sociaal.example/{address}"),
                });
                let reply = moderator.caller.post("/sessions/FietsFan010/paste", body).await;
                if reply.status == 201 {
                    self.asked.push(reply.read::<Asked>().id);
                }
                Some(reply)
            }
            "enter" => {
                let body = json!({ "text": format!("Uit de zaal: {marker}?") });
                let reply = moderator.caller.post("/sessions/FietsFan010/hall", body).await;
                if reply.status == 201 {
                    let id = reply.read::<Asked>().id;
                    self.asked.push(id);
                    self.let_through.insert(id);
                }
                Some(reply)
            }
            "banner" => {
                let up = self.seeds.below(2) == 0;
                Some(moderator.puts_up(up.then(|| format!("Let op {marker}")).as_deref()).await)
            }
            "undo" => {
                let steps = moderator.view().await.session.steps;
                let recent: Vec<u64> =
                    steps.iter().rev().filter(|step| step.undone_by.is_none()).take(3).map(|step| step.id).collect();
                let step = self.seeds.pick(&recent)?;
                Some(moderator.undoes(*step).await)
            }
            "queue" => {
                let view = moderator.view().await;
                let shown: Vec<QuestionId> = view
                    .questions
                    .values()
                    .filter(|card| card.card.status == shared::Status::Shown && card.card.lead.is_none())
                    .map(|card| card.card.id)
                    .take(3)
                    .collect();
                Some(moderator.tries_to_queue(json!({ "order": shown })).await)
            }
            "part" => {
                let (one, other) = (self.some_question()?, self.some_question()?);
                Some(moderator.parts(&[one], &[other]).await)
            }
            "claim" => Some(moderator.claims(self.some_question()?, true).await),
            "many" => {
                let (one, other) = (self.some_question()?, self.some_question()?);
                let questions = if one == other { vec![one] } else { vec![one, other] };
                let deed = json!({ "deed": "label", "label": format!("Samen {marker}"), "on": true });
                Some(moderator.tries_many(deed, &questions).await)
            }
            _ => self.takes_a_step(command, &marker).await,
        }
    }

    async fn takes_a_step(&mut self, command: &str, marker: &str) -> Option<Reply> {
        // A card that the step fits, so that the run gets somewhere.
        let view = self.moderator.view().await;
        let fitting = |id: &QuestionId| view.card(*id).is_some_and(|card| fits(command, card));
        let fitting: Vec<QuestionId> = self.asked.iter().copied().filter(fitting).collect();
        let (question, other) = (*self.seeds.pick(&fitting)?, *self.seeds.pick(&fitting)?);
        let body: Value = match command {
            "decline" => json!({ "reason": "other", "note": format!("Omdat {marker}") }),
            // Half of them hold something that can be masked.
            "edit" if self.seeds.below(2) == 0 => json!({ "text": format!("Mail mij op {marker}@voorbeeld.nl?") }),
            "edit" => json!({ "text": format!("Nieuwe woorden {marker}?") }),
            "bundle" => json!({ "into": other }),
            _ => json!({}),
        };
        let set = match command {
            "route" => Some(("department", json!({ "department": format!("Dienst {marker}") }))),
            "label" => Some(("label", json!({ "label": format!("Label {marker}"), "on": true }))),
            "assign" => Some(("alderman", json!({ "alderman": "Arno de Wit" }))),
            _ => None,
        };
        if let Some((what, body)) = set {
            return Some(self.moderator.sets(what, question, body).await);
        }
        let reply = self.moderator.tries(command, question, body).await;
        if reply.status == 200 && matches!(command, "approve" | "restore") {
            self.let_through.insert(question);
        }
        Some(reply)
    }

    /// The moderators get a new key; the old one stays a secret.
    pub async fn renews_a_key(&mut self, hall: &Hall) {
        let renewed = hall.organiser.renews("FietsFan010", Role::Moderator).await;
        self.moderator = Moderator::with_key(&hall.stranger, "FietsFan010", &renewed.key);
        self.keys.push(renewed.key);
    }

    fn some_question(&mut self) -> Option<QuestionId> {
        self.seeds.pick(&self.asked).copied()
    }
}

fn fits(command: &str, card: &shared::views::ModeratorCard) -> bool {
    use shared::Status;
    let status = card.card.status;
    match command {
        "approve" => status == Status::Waiting,
        "decline" => matches!(status, Status::Waiting | Status::Shown),
        "restore" => status == Status::Declined,
        "stage" | "bundle" => status == Status::Shown && card.card.lead.is_none(),
        "unbundle" | "lead" => card.card.lead.is_some(),
        "mask" => !card.flags.is_empty(),
        "route" | "assign" => card.card.lead.is_none() && !matches!(status, Status::Declined | Status::Withdrawn),
        _ => true,
    }
}
