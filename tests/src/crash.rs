//! Power cuts under load: whatever was confirmed is there afterwards, and nothing was shown that
//! was not kept.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
    time::Duration,
};

use reqwest::Method;
use serde_json::json;
use shared::{QuestionId, Status, commands::Asked};
use tokio::task::JoinSet;

use crate::harness::{Citizen, Hall, PublicScreen, Seeds, try_send};

const ROUNDS: usize = 20;
const CITIZENS: usize = 6;

/// What people were told was done.
#[derive(Default)]
struct Confirmed {
    asked: BTreeMap<QuestionId, String>,
    approved: BTreeSet<QuestionId>,
    supported: BTreeSet<(usize, QuestionId)>,
    /// Support that was sent, answered or not.
    tried: BTreeSet<(usize, QuestionId)>,
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_power_cuts_lose_nothing_confirmed() {
    let mut hall = Hall::opens().await;
    let mut citizens = Vec::new();
    for _ in 0..CITIZENS {
        citizens.push(hall.citizen().await);
    }
    let confirmed = Arc::new(Mutex::new(Confirmed::default()));
    let mut wall = hall.wall().await;
    let mut seeds = Seeds::new(7);
    for round in 0..ROUNDS {
        let mut load = JoinSet::new();
        for (who, citizen) in citizens.iter().cloned().enumerate() {
            load.spawn(asks_and_supports(
                citizen,
                who,
                round,
                Arc::clone(&confirmed),
                Seeds::new(seeds.below(1 << 30) as u64),
            ));
        }
        load.spawn(approves(hall.moderator.clone(), Arc::clone(&confirmed)));
        let watching = tokio::spawn(async move {
            wall.ends().await;
            wall
        });
        busy(&confirmed, 1 + seeds.below(40)).await;
        // Where in the work on the next command the cut falls, is left to chance.
        tokio::time::sleep(Duration::from_micros(seeds.below(4_000) as u64)).await;
        hall.server.kill().await;
        load.join_all().await;
        wall = watching.await.expect("a screen");

        hall.server.restart().await;
        check(&hall, &citizens, &confirmed, &wall).await;
        wall.comes_back().await;
    }
    let seq = hall.view().await.seq;
    wall.until("all of it", |wall| wall.view().seq == seq).await;
    assert_eq!(wall.view(), &hall.view().await);
    let confirmed = confirmed.lock().expect("the record");
    assert!(
        confirmed.asked.len() > ROUNDS && confirmed.supported.len() > ROUNDS && confirmed.approved.len() > ROUNDS,
        "there was a load"
    );
}

/// Waits until this many more questions were confirmed.
async fn busy(confirmed: &Mutex<Confirmed>, more: usize) {
    let asked = || confirmed.lock().expect("the record").asked.len();
    let enough = asked() + more;
    let working = async {
        while asked() < enough {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), working).await.expect("a server under load");
}

async fn check(hall: &Hall, citizens: &[Citizen], confirmed: &Mutex<Confirmed>, wall: &PublicScreen) {
    let (public, desk) = (hall.view().await, hall.moderator.view().await);
    {
        let confirmed = confirmed.lock().expect("the record");
        for (id, text) in &confirmed.asked {
            assert_eq!(desk.card(*id).map(|card| &card.card.text), Some(text), "a confirmed question is there");
        }
        for id in &confirmed.approved {
            assert_eq!(public.card(*id).map(|card| card.status), Some(Status::Shown), "a confirmed step is there");
        }
        for card in public.questions.values() {
            let counted = |set: &BTreeSet<(usize, QuestionId)>| set.iter().filter(|(_, id)| *id == card.id).count();
            let support = usize::try_from(card.support).expect("a small number");
            assert!(support >= counted(&confirmed.supported), "confirmed support is counted");
            assert!(support <= counted(&confirmed.tried), "nobody is counted twice");
        }
    }
    assert!(public.seq >= wall.view().seq, "the screens' count goes on");
    for shown in wall.view().questions.values() {
        let kept = public.card(shown.id).expect("what was shown was kept");
        assert_eq!(kept.text, shown.text);
        assert!(kept.support >= shown.support);
    }
    for (who, citizen) in citizens.iter().enumerate() {
        let mine = citizen.mine().await.supports;
        let confirmed = confirmed.lock().expect("the record");
        let lost: Vec<_> = confirmed.supported.iter().filter(|(by, id)| *by == who && !mine.contains(id)).collect();
        assert!(lost.is_empty(), "support that its giver no longer sees: {lost:?}");
    }
}

async fn asks_and_supports(
    citizen: Citizen,
    who: usize,
    round: usize,
    confirmed: Arc<Mutex<Confirmed>>,
    mut seeds: Seeds,
) {
    for n in 0.. {
        let text = format!("Vraag {n} van burger {who} in ronde {round}?");
        let request =
            citizen.caller.api(Method::POST, "/sessions/FietsFan010/questions").json(&json!({ "text": text }));
        let Ok(reply) = try_send(request).await else { return };
        let id = reply.is(201).read::<Asked>().id;
        let target = {
            let mut confirmed = confirmed.lock().expect("the record");
            confirmed.asked.insert(id, text);
            let approved: Vec<QuestionId> = confirmed.approved.iter().copied().collect();
            let target = seeds.pick(&approved).copied();
            confirmed.tried.extend(target.map(|id| (who, id)));
            target
        };
        let Some(target) = target else { continue };
        let request = citizen.caller.api(Method::PUT, &format!("/sessions/FietsFan010/questions/{target}/support"));
        let Ok(reply) = try_send(request).await else { return };
        reply.is(200);
        confirmed.lock().expect("the record").supported.insert((who, target));
    }
}

async fn approves(moderator: crate::harness::Moderator, confirmed: Arc<Mutex<Confirmed>>) {
    loop {
        let next = {
            let confirmed = confirmed.lock().expect("the record");
            confirmed.asked.keys().find(|id| !confirmed.approved.contains(id)).copied()
        };
        let Some(id) = next else {
            tokio::task::yield_now().await;
            tokio::time::sleep(Duration::from_millis(2)).await;
            let alive = try_send(moderator.caller.api(Method::GET, "/sessions")).await.is_ok();
            if alive {
                continue;
            }
            return;
        };
        let request = moderator.caller.api(Method::POST, &format!("/sessions/FietsFan010/questions/{id}/approve"));
        let Ok(reply) = try_send(request).await else { return };
        // A step of before the cut may have been kept without its sender being told.
        assert!([200, 409].contains(&reply.status), "{reply:?}");
        confirmed.lock().expect("the record").approved.insert(id);
    }
}
