//! The parts of a screen that change, in a few kinds. Each closure of a view is a type of its own, and
//! the renderer is compiled anew for every type it meets; put into a box, all that give the same kind
//! of thing are one type, and a citizen's phone downloads the renderer for it once.

mod erased;
mod fact;

use std::sync::Arc;

use leptos::prelude::*;
use shared::QuestionId;

pub use erased::Erased;
pub use fact::{Fact, fact};

/// Words that change.
pub fn text(words: impl FnMut() -> String + Send + 'static) -> Box<dyn FnMut() -> String + Send> {
    Box::new(words)
}

/// Words that change, out of a few.
pub fn word(words: impl FnMut() -> &'static str + Send + 'static) -> Box<dyn FnMut() -> &'static str + Send> {
    Box::new(words)
}

/// An attribute or a class that is there or not.
pub fn flag(is: impl FnMut() -> bool + Send + 'static) -> Box<dyn FnMut() -> bool + Send> {
    Box::new(is)
}

/// An attribute that is there or not, with one value.
pub fn mark(
    value: impl FnMut() -> Option<&'static str> + Send + 'static,
) -> Box<dyn FnMut() -> Option<&'static str> + Send> {
    Box::new(value)
}

/// A part of the screen that is made anew when something it shows has changed.
pub fn part<V: IntoView + 'static>(mut view: impl FnMut() -> V + Send + 'static) -> Box<dyn FnMut() -> Erased + Send> {
    Box::new(move || Erased::new(view()))
}

/// A part of the screen that is there or not, and made anew when something it shows has changed.
pub fn maybe<V: IntoView + 'static>(
    mut view: impl FnMut() -> Option<V> + Send + 'static,
) -> Box<dyn FnMut() -> Option<Erased> + Send> {
    Box::new(move || view().map(Erased::new))
}

/// Parts one after another.
pub fn row<V: IntoView + 'static>(views: impl Iterator<Item = V>) -> Vec<Erased> {
    views.map(Erased::new).collect()
}

/// Questions one after another; each keeps its part of the page wherever it goes.
pub fn questions<V: IntoView + 'static>(
    ids: impl Fn() -> Vec<QuestionId> + Send + Sync + 'static,
    question: impl Fn(QuestionId) -> V + Send + Sync + 'static,
) -> impl IntoView {
    keyed(Box::new(ids), Arc::new(move |id| Erased::new(question(id))))
}

fn keyed(
    ids: Box<dyn Fn() -> Vec<QuestionId> + Send + Sync>,
    question: Arc<dyn Fn(QuestionId) -> Erased + Send + Sync>,
) -> impl IntoView {
    view! { <For each=ids key=|id: &QuestionId| *id children=move |id| question(id) /> }
}

/// Does something now, and again when a signal that it read has changed.
pub fn follow(act: impl FnMut() + 'static) {
    fn effect(act: Box<dyn FnMut()>) {
        Effect::new(act);
    }
    effect(Box::new(act));
}

/// Does something with the old and the new value each time a fact changed.
pub fn on_change<T: Clone + PartialEq + Send + Sync + 'static>(fact: Fact<T>, act: impl Fn(&T, &T) + 'static) {
    let mut before = None;
    follow(move || {
        let now = fact.get();
        if let Some(before) = before.replace(now.clone()) {
            act(&before, &now);
        }
    });
}

/// Looks at a signal's value. As `with`, of which every signal's type has one instead of every use.
pub trait Look {
    /// What there is to see.
    type Seen: ?Sized;
    /// Looks, and comes again when it has changed.
    fn look<R>(&self, at: impl FnOnce(&Self::Seen) -> R) -> R;
    /// Looks once.
    fn glance<R>(&self, at: impl FnOnce(&Self::Seen) -> R) -> R;
}

impl<T, S> Look for S
where
    S: With<Value = T> + WithUntracked<Value = T>,
{
    type Seen = T;

    fn look<R>(&self, at: impl FnOnce(&T) -> R) -> R {
        through(at, |see| look(self, see))
    }

    fn glance<R>(&self, at: impl FnOnce(&T) -> R) -> R {
        through(at, |see| glance(self, see))
    }
}

// These are compiled once for each type of signal, however many looks there are.

fn look<S: With>(signal: &S, see: &mut dyn FnMut(&S::Value)) {
    signal.with(|value| see(value));
}

fn glance<S: WithUntracked>(signal: &S, see: &mut dyn FnMut(&S::Value)) {
    signal.with_untracked(|value| see(value));
}

fn through<T, R>(at: impl FnOnce(&T) -> R, look: impl FnOnce(&mut dyn FnMut(&T))) -> R {
    let mut at = Some(at);
    let mut seen = None;
    look(&mut |value| seen = at.take().map(|at| at(value)));
    seen.expect("a signal lives as long as its screen")
}
