//! The demonstration: forty citizens, a moderator and an alderman, all simulated, who use the
//! public HTTP interface like anybody else and leave people who take part the first say.

mod agenda;
mod alderman;
mod citizens;
mod desk;
mod moderator;
pub mod questions;

use std::thread::{self, JoinHandle};

use shared::{commands::Keys, words};

use crate::{
    api::Api,
    progress::{Stopwatch, heading},
    stop::Stop,
};

/// Every demonstration goes the same way.
const SEED: u64 = 10;
/// How much of somebody's words is told in the terminal, in grapheme clusters at most.
const TOLD: usize = 72;

/// What all who take part share.
#[derive(Clone)]
struct Room {
    api: Api,
    /// The session's path in the interface.
    path: String,
    watch: Stopwatch,
    stop: Stop,
}

/// Starts the demonstration in a session; it goes on until it is stopped.
pub fn start(api: &Api, hashtag: &str, keys: &Keys, stop: &Stop) -> Vec<JoinHandle<()>> {
    let room =
        Room { api: api.clone(), path: format!("/sessions/{hashtag}"), watch: Stopwatch::start(), stop: stop.clone() };
    let (citizens, moderator, alderman) = (room.clone(), room.clone(), room);
    let (desk_key, panel_key) = (keys.moderator.clone(), keys.panel.clone());
    let known = moderator::known_words(&moderator, &desk_key);
    vec![
        thread::spawn(move || citizens::take_part(&citizens, &known)),
        thread::spawn(move || moderator::take_part(&moderator, &desk_key)),
        thread::spawn(move || alderman::take_part(&alderman, &panel_key)),
    ]
}

impl Room {
    /// Tells the terminal what somebody did.
    fn tell(&self, who: &str, what: &str, text: &str) {
        heading(self.watch, &format!("{who} {what}: {}", beginning(text)));
    }
}

/// The first words of a text, on one line.
fn beginning(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words::length(&line) <= TOLD {
        return line;
    }
    let mut short = String::new();
    for word in line.split(' ') {
        if words::length(&short) + words::length(word) > TOLD {
            break;
        }
        short.push_str(word);
        short.push(' ');
    }
    short.trim_end().to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_told_by_its_beginning() {
        assert_eq!(beginning("kort\n en goed"), "kort en goed");
        let long = beginning(&"woord ".repeat(40));
        assert!(long.ends_with("woord…") && words::length(&long) <= TOLD + 1);
    }
}
