//! The wall.

use super::{Language, said::said, times};
use crate::{Moment, views::Counts};

/// The wall in a language.
#[derive(Debug, Clone, Copy)]
pub struct Wall(pub Language);

said! { Wall {
    wall: "Muur", "Wall";
    on_stage: "Nu op het podium", "On stage now";
    next: "Hierna", "Next";
    most_supported: "Meest gesteund", "Most supported";
    answered_before: "Eerder beantwoord", "Answered earlier";
    take_part: "Doe mee", "Take part";
    scan: "Scan de code of ga naar", "Scan the code or go to";
    or_go_to: "Scan, of ga naar", "Scan, or go to";
    ask_and_support: "Stel uw vraag en steun die van anderen", "Ask your question and support those of others";
    over: "Dank voor uw vragen", "Thank you for your questions";
    over_more: "Alles blijft te lezen op", "Everything stays readable at";
    pause: "Pauzeer de wisseling", "Pause the rotation";
    resume: "Hervat de wisseling", "Resume the rotation";
    qr: "QR-code met het adres van deze sessie", "QR code with the address of this session";
} }

impl Wall {
    /// Live counts of what is public.
    pub fn counts(self, counts: Counts) -> String {
        let lang = self.0;
        let mut parts = vec![
            format!("{} {}", lang.number(u64::from(counts.asked)), lang.pick("gevraagd", "asked")),
            format!("{} {}", lang.number(u64::from(counts.answered)), lang.pick("beantwoord", "answered")),
        ];
        if counts.bundled > 0 {
            parts.push(format!("{} {}", lang.number(u64::from(counts.bundled)), lang.pick("gebundeld", "bundled")));
        }
        parts.join(" · ")
    }

    /// "mensen staan achter deze vraag, in 9 bewoordingen"; the number stands before it, larger.
    pub fn stand_behind(self, people: u32, wordings: usize) -> String {
        let lang = self.0;
        let behind = lang.plural(
            u64::from(people),
            lang.pick("mens staat achter deze vraag", "person stands behind this question"),
            lang.pick("mensen staan achter deze vraag", "people stand behind this question"),
        );
        if wordings < 2 {
            behind.to_owned()
        } else {
            format!("{behind}, {} {}", lang.pick("in", "in"), super::common::wordings(lang, wordings as u64))
        }
    }

    /// Since when the answer is there: "zojuist" for the first two minutes.
    pub fn answered_at(self, at: &Moment, now_millis: i64, now: &Moment) -> String {
        if now_millis - at.millis() < 120_000 {
            self.0.pick("zojuist", "just now").to_owned()
        } else {
            times::stamp(self.0, at, now)
        }
    }
}
