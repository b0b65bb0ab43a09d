//! How many connections may be open at once: in all, so that there is a file left for the store,
//! and from one network, so that nobody takes every place.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::network::Network;

/// The files that are not connections: the store's, the loops', and guests on their way out.
const OTHER_FILES: usize = 128;

/// All places, and who has them.
pub struct Places {
    most: usize,
    per_network: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    by_network: HashMap<Network, usize>,
}

/// One open connection's place; free again when this is dropped.
pub struct Place {
    places: Arc<Places>,
    network: Network,
}

impl Places {
    /// As many as were asked for, but never more than may be open with this limit on files.
    pub fn new(most: usize, per_network: usize, files: usize) -> Self {
        let fit = files.saturating_sub(OTHER_FILES).max(files / 4);
        if fit < most {
            tracing::warn!(asked = most, given = fit, files, "connections: the limit on open files allows no more");
        }
        let most = most.min(fit);
        Self { most, per_network: per_network.min(most), taken: Mutex::default() }
    }

    /// A place for somebody, if there is one.
    pub fn take(self: &Arc<Self>, network: Network) -> Option<Arc<Place>> {
        let mut taken = self.taken();
        let Taken { all, by_network } = &mut *taken;
        let here = by_network.entry(network).or_default();
        if *all >= self.most || *here >= self.per_network {
            if *here == 0 {
                by_network.remove(&network);
            }
            return None;
        }
        *here += 1;
        *all += 1;
        Some(Arc::new(Place { places: Arc::clone(self), network }))
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        taken.all -= 1;
        if let Some(here) = taken.by_network.get_mut(&self.network) {
            *here -= 1;
            if *here == 0 {
                taken.by_network.remove(&self.network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(last: u8) -> Network {
        Network::of([192, 0, 2, last].into())
    }

    #[test]
    fn one_network_cannot_take_every_place() {
        let places = Arc::new(Places::new(3, 2, usize::MAX));
        let hall: Vec<_> = (0..3).map(|_| places.take(network(1))).collect();
        assert_eq!(hall.iter().flatten().count(), 2);
        let home = places.take(network(2));
        assert!(home.is_some());
        assert!(places.take(network(3)).is_none(), "all are taken");
        drop(home);
        assert!(places.take(network(3)).is_some(), "one is free again");
        drop(hall);
        assert!(places.taken().by_network.is_empty(), "whoever left is forgotten");
    }

    #[test]
    fn there_is_always_a_file_left_for_the_store() {
        assert_eq!(Places::new(60_000, 40_000, 1_024).most, 896);
        assert_eq!(Places::new(60_000, 40_000, 80).most, 20);
        assert_eq!(Places::new(500, 900, 1_024).per_network, 500);
    }
}
