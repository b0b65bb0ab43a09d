//! The desk of civil servants.

use super::{Language, said::said, times};
use crate::{Moment, views::Routed};

/// What the desk of civil servants says, in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Office(pub Language);

said! { Office {
    title: "Dienst", "Department desk";
    needs_javascript: "U kunt hier alles lezen. Om te schrijven is JavaScript nodig.", "You can read everything here. To write, JavaScript is needed.";
    notices: "Berichten", "Notices";

    // The list.
    questions: "Vragen voor de diensten", "Questions for the departments";
    departments: "Diensten", "Departments";
    all_departments: "Alle diensten", "All departments";
    empty: "Hier is nog niets", "Nothing here yet";
    empty_why: "Moderatoren sturen vragen hierheen waarbij de wethouder uw kennis nodig heeft. Ze verschijnen vanzelf, met wie ze stuurde en wanneer er iets moet liggen.",
        "Moderators send questions here for which the alderman needs what you know. They appear by themselves, with who sent them and by when something should be there.";
    empty_here: "Voor deze dienst ligt er nu niets.", "There is nothing for this department now.";
    done: "Afgehandeld", "Dealt with";
    newcomer: "nieuw", "new";
    no_due: "geen vaste tijd", "no set time";
    has_briefing: "toelichting ligt er", "briefing is there";
    has_draft: "antwoord in concept", "answer in draft";
    has_answer: "antwoord klaar", "answer ready";
    choose: "Kies een vraag", "Choose a question";
    choose_why: "Links staan de vragen die naar de diensten zijn gestuurd. Wat het eerst af moet zijn, staat bovenaan.",
        "On the left are the questions that were sent to the departments. What is due first is on top.";
    back: "Terug naar de lijst", "Back to the list";

    // One question.
    other_wordings: "In andere woorden", "In other words";
    given: "Het antwoord dat gegeven is", "The answer that was given";
    called_back: "Deze vraag ligt niet meer bij de diensten. Wat u schreef, staat hier nog om over te nemen.",
        "This question is no longer with the departments. What you wrote is still here to copy.";
    gone: "Deze vraag ligt niet bij de diensten.", "This question is not with the departments.";

    // Writing.
    briefing: "Toelichting voor het panel", "Briefing for the panel";
    briefing_help: "Feiten, links, en wat er beloofd mag worden. Het panel leest mee terwijl u schrijft. Het publiek ziet dit nooit.",
        "Facts, links, and what may be promised. The panel reads along while you write. The public never sees this.";
    proposal: "Voorstel voor het antwoord", "Proposed answer";
    proposal_help: "In de woorden van de wethouder. Het panel ziet dit pas als u het klaar meldt, en kan het dan in één keer geven.",
        "In the alderman’s words. The panel sees this only when you say it is ready, and can then give it with one touch.";
    ready: "Meld klaar", "Say it is ready";
    not_ready: "Toch nog niet klaar", "Not ready after all";
    is_ready: "Klaar. Het panel ziet dit voorstel.", "Ready. The panel sees this proposal.";
    is_not_ready: "Het panel ziet dit nog niet.", "The panel does not see this yet.";
    taken_back: "U schrijft verder, dus het panel ziet het voorstel even niet. Meld het daarna weer klaar.",
        "You are writing on, so the panel does not see the proposal for now. Say it is ready again afterwards.";
    kept: "bewaard", "kept";
    not_kept: "nog niet bewaard", "not kept yet";
    kept_here: "alleen op dit scherm bewaard", "kept on this screen only";
    nothing_yet: "Schrijf eerst een voorstel.", "Please write a proposal first.";
    put_back: "Zet mijn woorden terug", "Put my words back";

    // Two at once.
    both_wrote: "U schreef allebei", "You both wrote";
    a_colleague: "een collega", "a colleague";
    yours: "Uw tekst", "Your text";
    thrown_away: "(weggegooid)", "(thrown away)";
    keep_mine: "Houd die van mij", "Keep mine";
    keep_both: "Zet ze onder elkaar", "Put one under the other";

    // Who is there.
    colleagues: "Nu aan het werk", "At work now";

    // The connection.
    away: "Even geen verbinding. Uw woorden blijven op dit scherm; we proberen het steeds opnieuw.",
        "No connection just now. Your words stay on this screen; we keep trying.";
    key_renewed: "De sleutel van dit scherm is vernieuwd. Vraag de organisator om de nieuwe link; uw woorden staan hier nog.",
        "The key of this screen was renewed. Ask the organiser for the new link; your words are still here.";
    to_door: "Naar de deur", "To the door";
} }

impl Office {
    /// "Nog 12 minuten", or "8 minuten te laat"; `left` is in milliseconds, negative when it is late.
    pub fn due(self, left: i64) -> String {
        if left > 0 {
            let wait = times::countdown(self.0, left);
            self.0.pick(format!("nog {wait}"), format!("{wait} left"))
        } else if left > -60_000 {
            self.0.pick("nu nodig", "due now").to_owned()
        } else {
            // A countdown rounds up; what is late is told by whole minutes that passed.
            let late = times::countdown(self.0, -left / 60_000 * 60_000);
            self.0.pick(format!("{late} te laat"), format!("{late} late"))
        }
    }

    /// "Jana stuurde dit vandaag om 14.02 uur naar Mobiliteit".
    pub fn sent(self, routed: &Routed, now: &Moment) -> String {
        let Routed { by, department, at, .. } = routed;
        let when = times::when(self.0, at, now);
        self.0.pick(
            format!("{by} stuurde dit {when} naar {department}"),
            format!("{by} sent this to {department} {when}"),
        )
    }

    /// "voor Judith Bokhove".
    pub fn for_alderman(self, alderman: &str) -> String {
        self.0.pick(format!("voor {alderman}"), format!("for {alderman}"))
    }

    /// "Sanne schrijft hieraan", "Sanne en Bram schrijven hieraan"; nothing when it is nobody.
    pub fn writing(self, names: &[String]) -> Option<String> {
        let (last, others) = names.split_last()?;
        if others.is_empty() {
            return Some(self.0.pick(format!("{last} schrijft hieraan"), format!("{last} is writing here")));
        }
        let others = others.join(", ");
        Some(
            self.0
                .pick(format!("{others} en {last} schrijven hieraan"), format!("{others} and {last} are writing here")),
        )
    }

    /// Who wrote what is there: "Sanne, 14.09 uur".
    pub fn written_by(self, by: &str, at: &Moment, now: &Moment) -> String {
        format!("{by}, {}", times::stamp(self.0, at, now))
    }

    /// While both wrote: what happened.
    pub fn both_wrote_why(self, by: &str) -> String {
        self.0.pick(
            format!("{by} veranderde dit terwijl u schreef. Er is niets weg: kies wat er blijft staan."),
            format!("{by} changed this while you were writing. Nothing is lost: choose what stays."),
        )
    }

    /// Above the colleague's words: "Tekst van Sanne".
    pub fn theirs(self, by: &str) -> String {
        self.0.pick(format!("Tekst van {by}"), format!("{by}’s text"))
    }

    /// On the button that takes the colleague's words.
    pub fn keep_theirs(self, by: &str) -> String {
        self.0.pick(format!("Neem die van {by}"), format!("Take {by}’s"))
    }

    /// For the status line: a question came in.
    pub fn arrived(self, department: &str, words: &str) -> String {
        self.0
            .pick(format!("Nieuwe vraag voor {department}: {words}"), format!("New question for {department}: {words}"))
    }

    /// How many questions lie in a department: beside its name.
    pub fn how_many(self, n: usize) -> String {
        self.0.number(n as u64)
    }

    /// "mensen", beside their number.
    pub fn people(self, n: u64) -> &'static str {
        self.0.plural(n, self.0.pick("mens", "person"), self.0.pick("mensen", "people"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_late_says_so_in_words() {
        let say = Office(Language::Nl);
        assert_eq!(say.due(11 * 60_000 + 1), "nog 12 minuten");
        assert_eq!(say.due(-30_000), "nu nodig");
        assert_eq!(say.due(-8 * 60_000 - 59_999), "8 minuten te laat");
        assert_eq!(Office(Language::En).due(-3_600_000), "1 hour late");
    }

    #[test]
    fn several_colleagues_can_write_at_once() {
        let say = Office(Language::Nl);
        let names = ["Sanne".to_owned(), "Bram".to_owned()];
        assert_eq!(say.writing(&names[..1]).as_deref(), Some("Sanne schrijft hieraan"));
        assert_eq!(say.writing(&names).as_deref(), Some("Sanne en Bram schrijven hieraan"));
        assert_eq!(say.writing(&[]), None);
    }
}
