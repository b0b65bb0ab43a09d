//! Every way out: frames, events, views, pages, and answers to people whose question it is not.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::json;
use shared::{
    frames::SocketCommand,
    views::{ModeratorCard, ModeratorSession},
};

use super::markers::Known;
use crate::harness::{Citizen, Hall, PublicScreen, Screen, Stream, Visitor, send};

/// What the first of the screens shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Watching {
    /// What it should.
    Public,
    /// For the canary: the moderators' frames.
    TheDeskByMistake,
}

/// Open screens, and somebody who looks at pages.
pub struct Outlets {
    wall: PublicScreen,
    desk_by_mistake: Option<Screen<ModeratorSession, ModeratorCard>>,
    page: PublicScreen,
    tablet: crate::harness::PanelScreen,
    office: crate::harness::DeskScreen,
    streams: Vec<Stream>,
    other: Citizen,
    visitor: Visitor,
}

impl Outlets {
    /// Opens them all.
    pub async fn opens(hall: &Hall, watching: Watching) -> Self {
        let other = hall.citizen().await;
        let visitor = hall.visitor("nl");
        visitor.page("/FietsFan010").await;
        let desk_by_mistake = match watching {
            Watching::Public => None,
            Watching::TheDeskByMistake => Some(hall.moderator.screen().await),
        };
        let (wall, page, tablet) = (hall.wall().await, other.screen().await, hall.panel.screen().await);
        let office = hall.office.screen().await;
        let mut streams = Vec::new();
        for caller in [&hall.stranger, &other.caller] {
            streams.push(Stream::opens(caller, hall.hashtag()).await);
        }
        Self { wall, desk_by_mistake, page, tablet, office, streams, other, visitor }
    }

    /// What came over the sockets and streams since, and the views that anybody may read.
    pub async fn frames_and_views(&mut self, hall: &Hall, known: &Known) -> Vec<String> {
        let public = hall.stranger.get("/sessions/FietsFan010").await.is(200);
        let seq = public.json()["seq"].as_u64().expect("a seq");
        self.wall.until("the latest change", |wall| wall.view().seq >= seq).await;
        self.page.until("the latest change", |page| page.view().seq >= seq).await;
        if let Some(desk) = self.desk_by_mistake.as_mut() {
            desk.until("the latest change", |desk| desk.view().seq >= known.view.seq).await;
        }
        let mut leaks = known.leaks("the public view", &public.text);
        let desk = self.desk_by_mistake.as_mut().map(|desk| std::mem::take(&mut desk.raw)).unwrap_or_default();
        for frame in self.wall.raw.drain(..).chain(desk) {
            leaks.extend(known.leaks("a frame on the wall", &frame));
        }
        for frame in self.page.raw.drain(..) {
            leaks.extend(known.leaks("a frame on somebody's phone", &frame));
        }
        for stream in &mut self.streams {
            stream.until("the latest change", |stream| stream.snapshots > 0 && stream.view().seq >= seq).await;
            for event in stream.raw.drain(..) {
                leaks.extend(known.leaks("a server-sent event", &event));
            }
        }
        let panel = hall.panel.view().await;
        self.tablet.until("the latest change", |tablet| tablet.view().seq >= panel.seq).await;
        let may = known.public.union(&known.drafts).cloned().collect();
        for frame in self.tablet.raw.drain(..) {
            leaks.extend(known.markers_besides("a frame on the tablet", &frame, &may));
        }
        let seq = hall.office.view().await.seq;
        self.office.until("the latest change", |office| office.view().seq >= seq).await;
        for frame in self.office.raw.drain(..) {
            leaks.extend(known.markers_besides("a frame at the desk of civil servants", &frame, &known.for_the_desk()));
        }
        leaks
    }

    /// Every page that needs no key.
    pub async fn pages(&mut self, hall: &Hall, known: &Known) -> Vec<String> {
        let mut leaks = Vec::new();
        let addresses = [
            "/",
            "/FietsFan010",
            "/FietsFan010?sort=newest",
            "/FietsFan010?sort=answered",
            "/FietsFan010?q=zq",
            "/FietsFan010/wall",
            "/FietsFan010/wall?embed",
            "/FietsFan010/moderate",
            "/FietsFan010/panel",
            "/FietsFan010/desk",
            "/FietsFan010/account",
            "/FietsFan010/near?text=Wat%20vindt%20u%20van%20de%20nieuwe%20woorden",
            "/organise",
            "/organise/FietsFan010",
        ];
        for address in addresses {
            leaks.extend(known.leaks(address, &self.visitor.opens(address).await.text));
        }
        for address in [
            "/sessions",
            "/openapi.json",
            "/sessions/FietsFan010/moderation",
            "/sessions/FietsFan010/panel",
            "/sessions/FietsFan010/desk",
            "/sessions/FietsFan010/proposals",
            "/sessions/FietsFan010/account",
            "/sessions/FietsFan010/near?text=Wat%20vindt%20u%20van%20de%20nieuwe%20woorden",
        ] {
            leaks.extend(known.leaks(address, &hall.stranger.get(address).await.text));
        }
        let metrics = self.visitor.opens("/metrics").await.is(200);
        leaks.extend(known.markers_besides("/metrics", &metrics.text, &BTreeSet::new()));
        leaks.extend(known.leaks("/metrics", &metrics.text));
        let head = send(hall.stranger.api(Method::HEAD, "/sessions/FietsFan010")).await;
        leaks.extend(known.leaks("headers", &format!("{:?}", head.headers)));
        leaks
    }

    /// What somebody is told who tries things with questions that are not theirs.
    pub async fn answers_to_others(&mut self, hall: &Hall, known: &Known) -> Vec<String> {
        let mut leaks = Vec::new();
        // The newest ones: the others had their turn.
        for id in known.all.iter().rev().take(6) {
            let address = format!("/sessions/FietsFan010/questions/{id}");
            let page = format!("/FietsFan010/q/{id}");
            let replies = [
                self.other.tries_to_support(id).await,
                self.other.tries_to_withdraw(id).await,
                self.other.caller.get(&address).await,
                self.other.posts(id, "edit", json!({ "text": "x" })).await,
                hall.stranger.get(&address).await,
                self.visitor.opens(&page).await,
                self.visitor.sends(&format!("{page}/support"), &[("on", "0"), ("back", "/FietsFan010")]).await,
            ];
            for reply in replies {
                assert!(reply.status < 500, "{reply:?}");
                leaks.extend(known.markers_besides(&reply.request, &reply.text, &known.public));
            }
        }
        if let Some(id) = known.all.last() {
            let answered = |page: &PublicScreen| page.done.len() + page.problems.len();
            let before = answered(&self.page);
            self.page.says(&SocketCommand::Support { reference: None, question: *id, on: false }).await;
            self.page.until("an answer", |page| answered(page) > before).await;
        }
        // What this set in motion belongs to this moment.
        leaks.extend(self.frames_and_views(hall, known).await);
        leaks
    }
}
