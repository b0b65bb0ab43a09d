//! A fact that tells only when it changed. As Leptos' `Memo`, which is compiled anew for every type of
//! fact; here the facts of all types are one type of memo, and know their own type again when read.

use std::{any::Any, marker::PhantomData, sync::Arc};

use leptos::prelude::*;

use super::Look as _;

/// A fact of this type. Copy it into every closure that needs it.
pub struct Fact<T> {
    told: Memo<Told>,
    kind: PhantomData<fn() -> T>,
}

/// A fact that tells only when it changed.
pub fn fact<T: PartialEq + Send + Sync + 'static>(find: impl Fn() -> T + Send + Sync + 'static) -> Fact<T> {
    Fact { told: remember(Box::new(move || Told(Arc::new(find())))), kind: PhantomData }
}

/// Apart, because a closure in a generic function is a type for each of the function's.
fn remember(find: Box<dyn Fn() -> Told + Send + Sync>) -> Memo<Told> {
    Memo::new(move |_| find())
}

impl<T: 'static> Fact<T> {
    /// Looks, and comes again when it has changed.
    pub fn look<R>(self, at: impl FnOnce(&T) -> R) -> R {
        self.told.look(|told| at(told.read()))
    }

    /// Looks once.
    pub fn glance<R>(self, at: impl FnOnce(&T) -> R) -> R {
        self.told.glance(|told| at(told.read()))
    }

    /// Comes again when it has changed.
    pub fn track(self) {
        self.told.track();
    }

    /// The fact, and again when it has changed.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.look(T::clone)
    }

    /// The fact as it is now.
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.glance(T::clone)
    }
}

impl<T> Clone for Fact<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Fact<T> {}

impl<T: Clone + Send + Sync + 'static> From<Fact<T>> for Signal<T> {
    fn from(fact: Fact<T>) -> Self {
        Self::derive(move || fact.get())
    }
}

/// A fact whose type is forgotten.
#[derive(Clone)]
struct Told(Arc<dyn Value>);

trait Value: Any + Send + Sync {
    fn is(&self, other: &dyn Any) -> bool;
}

impl<T: PartialEq + Send + Sync + 'static> Value for T {
    fn is(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }
}

impl Told {
    fn read<T: 'static>(&self) -> &T {
        let value: &dyn Any = &*self.0;
        value.downcast_ref().expect("a fact is read as it was written")
    }
}

impl PartialEq for Told {
    fn eq(&self, other: &Self) -> bool {
        self.0.is(&*other.0)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn it_tells_only_when_it_changed() {
        let owner = Owner::new();
        owner.set();
        let number = RwSignal::new(2);
        let is_even = fact(move || number.get() % 2 == 0);
        let told = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&told);
        let words = Memo::new(move |_| {
            counted.fetch_add(1, Ordering::Relaxed);
            if is_even.get() { "even" } else { "odd" }
        });
        assert_eq!(words.get_untracked(), "even");
        number.set(4);
        assert_eq!((words.get_untracked(), told.load(Ordering::Relaxed)), ("even", 1));
        number.set(5);
        assert_eq!((words.get_untracked(), told.load(Ordering::Relaxed)), ("odd", 2));
        assert!(!is_even.get_untracked());
    }
}
