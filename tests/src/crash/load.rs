//! What people do until the power goes: ask, support and approve, by API and from their live page,
//! and write down what they were told was done.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use reqwest::Method;
use serde_json::json;
use shared::{QuestionId, commands::Asked, frames::SocketCommand};
use tokio::time::timeout;

use super::chapter::Record;
use crate::harness::{Citizen, Moderator, PublicScreen, Seeds, try_send};

/// Asks, and supports what is shown, in turn.
pub async fn asks_and_supports(
    citizen: Citizen,
    path: String,
    who: usize,
    round: usize,
    record: Arc<Mutex<Record>>,
    mut seeds: Seeds,
) {
    for n in 0.. {
        let text = format!("Vraag {n} van burger {who} in ronde {round}?");
        let request = citizen.caller.api(Method::POST, &format!("{path}/questions")).json(&json!({ "text": text }));
        let Ok(reply) = try_send(request).await else { return };
        let id = reply.is(201).read::<Asked>().id;
        record.lock().expect("the record").asked.insert(id, text);
        let Some(target) = picks(&record, who, &mut seeds) else { continue };
        let request = citizen.caller.api(Method::PUT, &format!("{path}/questions/{target}/support"));
        let Ok(reply) = try_send(request).await else { return };
        reply.is(200);
        record.lock().expect("the record").supported.insert((who, target));
    }
}

/// Supports what is shown, over the socket; gives the screen back as it was when the power went.
pub async fn supports_by_socket(
    mut page: PublicScreen,
    who: usize,
    record: Arc<Mutex<Record>>,
    mut seeds: Seeds,
) -> PublicScreen {
    for n in 0.. {
        let Some(target) = picks(&record, who, &mut seeds) else {
            // Nothing is shown yet; the power may go before anything is.
            match timeout(Duration::from_millis(1), page.reads()).await {
                Ok(false) => return page,
                Ok(true) | Err(_) => continue,
            }
        };
        let reference = Some(n.to_string());
        page.done.clear();
        let command = SocketCommand::Support { reference: reference.clone(), question: target, on: true };
        if !page.tries_to_send(serde_json::to_string(&command).expect("a command")).await {
            break;
        }
        while !page.done.contains(&reference) {
            if !page.reads().await {
                return page;
            }
        }
        assert!(page.problems.is_empty(), "{:?}", page.problems);
        record.lock().expect("the record").supported.insert((who, target));
    }
    page.ends().await;
    page
}

/// Approves whatever waits.
pub async fn approves(moderator: Moderator, path: String, record: Arc<Mutex<Record>>) {
    loop {
        let next = {
            let record = record.lock().expect("the record");
            record.asked.keys().find(|id| !record.approved.contains(id)).copied()
        };
        let Some(id) = next else {
            tokio::time::sleep(Duration::from_millis(2)).await;
            let alive = try_send(moderator.caller.api(Method::GET, "/sessions")).await.is_ok();
            if alive {
                continue;
            }
            return;
        };
        let request = moderator.caller.api(Method::POST, &format!("{path}/questions/{id}/approve"));
        let Ok(reply) = try_send(request).await else { return };
        // A step of before the cut may have been kept without its sender being told.
        assert!([200, 409].contains(&reply.status), "{reply:?}");
        record.lock().expect("the record").approved.insert(id);
    }
}

/// One of the questions that are shown; that they try to support it is written down before they do.
fn picks(record: &Mutex<Record>, who: usize, seeds: &mut Seeds) -> Option<QuestionId> {
    let mut record = record.lock().expect("the record");
    let shown: Vec<QuestionId> = record.approved.iter().copied().collect();
    let target = seeds.pick(&shown).copied();
    record.tried.extend(target.map(|id| (who, id)));
    target
}
