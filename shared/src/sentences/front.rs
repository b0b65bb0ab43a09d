//! The front page, and the small pages at the doors.

use super::{Language, said::said, times};
use crate::{Moment, Role, commands::SessionListed};

/// The front page in a language.
#[derive(Debug, Clone, Copy)]
pub struct Front(pub Language);

said! { Front {
    name: "Samenspraak", "Samenspraak";
    what_it_is: "Stel uw vraag aan het bestuur van uw stad. Steun de vragen van anderen, en lees wat er geantwoord is.",
        "Put your question to those who govern your city. Support the questions of others, and read what was answered.";
    now: "Nu", "Now";
    coming: "Binnenkort", "Coming up";
    past: "Geweest", "Past";
    nothing: "Er zijn nu geen gesprekken. Zodra er een gepland is, staat het hier.", "There are no conversations now. As soon as one is planned, it is here.";
    for_organisers: "Voor organisatoren", "For organisers";
    who_are_you: "Hoe mogen collega’s u noemen?", "How may colleagues call you?";
    why_name: "Uw naam staat bij wat u doet, zodat u elkaar niet in de weg zit. Bezoekers zien die naam niet.", "Your name stands beside what you do, so that you do not get in each other’s way. Visitors do not see it.";
    your_name: "Uw naam", "Your name";
    start: "Aan de slag", "Start";
    need_key: "Hier is een sleutel voor nodig", "This needs a key";
    how_to_get_key: "Open de link die u van de organisator kreeg. Hebt u alleen de sleutel, vul die dan hier in.", "Open the link that the organiser gave you. If you only have the key, enter it here.";
    organiser_key: "De sleutel van de organisator stond op het scherm toen Samenspraak voor het eerst startte.", "The organiser’s key was on screen when Samenspraak first started.";
    key: "Sleutel", "Key";
    enter: "Ga verder", "Continue";
    wrong_key: "Deze sleutel past niet. Misschien is er intussen een nieuwe gemaakt.", "This key does not fit. Perhaps a new one was made since.";
    home: "Naar het begin", "To the start";
} }

impl Front {
    /// What a key opens, on the page that asks for it.
    pub fn door(self, role: Role) -> &'static str {
        match role {
            Role::Organiser => self.0.pick("Organisator", "Organiser"),
            Role::Moderator => self.0.pick("Moderatoren", "Moderators"),
            Role::Panel => self.0.pick("Panel", "Panel"),
            Role::Desk => self.0.pick("Dienst", "Department desk"),
        }
    }

    /// Under a session's title: when it is or was, as far as anybody said.
    pub fn session_time(self, session: &SessionListed, now: &Moment) -> Option<String> {
        session.starts.as_ref().or(session.opens.as_ref()).map(|at| times::when(self.0, at, now))
    }

    /// Under a session's title: what there is to read.
    pub fn session_counts(self, session: &SessionListed) -> String {
        let lang = self.0;
        let questions = lang.count(
            u64::from(session.counts.asked),
            lang.pick("vraag", "question"),
            lang.pick("vragen", "questions"),
        );
        let answered = lang.number(u64::from(session.counts.answered));
        lang.pick(format!("{questions}, {answered} beantwoord"), format!("{questions}, {answered} answered"))
    }
}
