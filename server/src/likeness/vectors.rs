//! Vectors from outside for the questions of one session, and which of them are still wanted.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use shared::QuestionId;
use similarity::Scale;

/// What is there, and what is missing.
#[derive(Default)]
pub struct Vectors {
    scale: Option<Arc<Scale>>,
    there: BTreeMap<QuestionId, Vec<f32>>,
    missing: BTreeSet<QuestionId>,
}

impl Vectors {
    /// None yet; all of these are wanted, to be read by this scale.
    pub fn wanted(scale: &Arc<Scale>, missing: BTreeSet<QuestionId>) -> Self {
        Self { scale: Some(Arc::clone(scale)), there: BTreeMap::new(), missing }
    }

    /// Whether they are read by this scale.
    pub fn are_by(&self, scale: &Arc<Scale>) -> bool {
        self.scale.as_ref().is_some_and(|known| Arc::ptr_eq(known, scale))
    }

    /// That of a question, when it is there.
    pub fn of(&self, id: QuestionId) -> Option<&[f32]> {
        self.there.get(&id).map(Vec::as_slice)
    }

    /// Which have none yet.
    pub fn missing(&self) -> impl Iterator<Item = QuestionId> {
        self.missing.iter().copied()
    }

    /// The one that was there, if any, is of other words.
    pub fn want(&mut self, id: QuestionId) {
        self.there.remove(&id);
        self.missing.insert(id);
    }

    /// What was wanted came, or will not; whether it is there now that was not.
    pub fn keep(&mut self, id: QuestionId, vector: Option<Vec<f32>>) -> bool {
        if !self.missing.remove(&id) {
            return false;
        }
        let came = vector.is_some();
        self.there.extend(vector.map(|vector| (id, vector)));
        came
    }

    /// It is no longer looked at.
    pub fn forget(&mut self, id: QuestionId) {
        self.there.remove(&id);
        self.missing.remove(&id);
    }
}
