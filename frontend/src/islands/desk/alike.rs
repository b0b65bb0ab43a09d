//! Which shown or answered question each waiting one is near, as the server tells it.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::{Method, QuestionId, views::Near};

use super::state::Desk;
use crate::live::staff::Likeness;

/// What is known of it.
#[derive(Clone, Copy)]
pub struct Likenesses {
    /// How it is found; nothing before the first is told.
    pub method: RwSignal<Option<Method>>,
    /// How many groups are proposed.
    pub groups: RwSignal<u32>,
    near: StoredValue<BTreeMap<QuestionId, Vec<Near>>>,
}

impl Likenesses {
    /// Nothing is known yet.
    pub fn none() -> Self {
        Self { method: RwSignal::new(None), groups: RwSignal::new(0), near: StoredValue::new(BTreeMap::new()) }
    }
}

impl Desk {
    /// Takes in what the server found.
    pub fn hear_likeness(self, told: Likeness) {
        let mut changed: Vec<QuestionId> = told.alike.iter().map(|alike| alike.question).collect();
        self.alike.near.update_value(|near| {
            if told.all {
                changed.extend(std::mem::take(near).into_keys());
            }
            for alike in told.alike {
                if alike.near.is_empty() {
                    near.remove(&alike.question);
                } else {
                    near.insert(alike.question, alike.near);
                }
            }
        });
        if self.alike.method.get_untracked() != Some(told.method) {
            self.alike.method.set(Some(told.method));
        }
        if self.alike.groups.get_untracked() != told.groups {
            self.alike.groups.set(told.groups);
        }
        self.retell(&changed);
    }

    /// What a waiting question is near, the nearest first.
    pub fn near_now(self, id: QuestionId) -> Vec<Near> {
        self.alike.near.with_value(|near| near.get(&id).cloned().unwrap_or_default())
    }

    /// The same, followed.
    pub fn near(self, id: QuestionId) -> Memo<Vec<Near>> {
        let changes = self.changes(id);
        Memo::new(move |_| {
            changes.track();
            self.near_now(id)
        })
    }
}
