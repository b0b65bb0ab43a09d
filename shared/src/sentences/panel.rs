//! The session screen of the aldermen.

use super::{Language, desk::Desk, said::said, times};
use crate::Moment;

/// What the panel's screen says, in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Panel(pub Language);

said! { Panel {
    title: "Panel", "Panel";
    needs_javascript: "U kunt hier alles lezen. Om te antwoorden is JavaScript nodig.", "You can read everything here. To answer, JavaScript is needed.";

    notices: "Berichten", "Notices";

    // The question.
    now_yours: "Nu aan u", "Yours now";
    answered_now: "Beantwoord", "Answered";
    since: "op het podium", "on stage";
    other_wordings: "In andere woorden", "In other words";
    quiet_title: "Er staat geen vraag op het podium", "No question is on stage";
    quiet_next: "De moderatoren zetten zo de volgende voor u klaar.", "The moderators will put up the next one shortly.";
    quiet_empty: "Er wacht nu ook niets in de rij.", "Nothing is waiting in the queue either.";
    next: "Hierna", "Next";
    next_empty: "Hierna staat er niets in de rij.", "Nothing is in the queue after this.";

    // What the departments prepared.
    for_you: "Aan u gevraagd", "Asked of you";
    briefing: "Toelichting van de dienst", "Briefing from the department";
    proposal: "Voorstel voor het antwoord", "Proposed answer";
    give_this: "Geef dit antwoord", "Give this answer";
    adapt: "Pas aan", "Adapt it";
    typed_too: "U typte zelf ook iets. Wat moet er gebeuren?", "You typed something yourself, too. What should happen?";
    give_anyway: "Geef toch het voorstel", "Give the proposal anyway";
    replace: "Vervang mijn woorden", "Replace my words";
    put_under: "Zet het eronder", "Put it underneath";
    leave_mine: "Laat mijn woorden staan", "Leave my words";
    only_mine: "Alleen voor mij", "Only for me";
    next_none_mine: "Hierna staat er niets voor u in de rij.", "Nothing for you is in the queue after this.";

    // Answering.
    answer_label: "Uw antwoord", "Your answer";
    answer_hint: "Typ hier, of zeg het hardop en vat het daarna samen.", "Type here, or say it aloud and sum it up afterwards.";
    publish: "Antwoord tonen", "Show answer";
    spoken: "Zojuist gezegd", "Just said it";
    spoken_label: "Wat zei u, in één zin?", "What did you say, in one sentence?";
    spoken_publish: "Samenvatting tonen", "Show summary";
    back_to_typing: "Terug naar typen", "Back to typing";
    who_answers: "Wie antwoordt?", "Who is answering?";
    kept: "bewaard", "kept";
    not_kept: "nog niet bewaard", "not kept yet";
    kept_here: "alleen op dit scherm bewaard", "kept on this screen only";
    busy: "Bezig met tonen", "Showing it";
    published: "Uw antwoord staat op alle schermen.", "Your answer is on all screens.";
    nothing_yet: "Schrijf eerst een antwoord.", "Please write an answer first.";

    // Afterwards.
    correct: "Verbeter", "Correct";
    correct_label: "Verbeter het antwoord", "Correct the answer";
    correct_publish: "Verbetering tonen", "Show correction";
    correct_hint: "Iedereen ziet dat het antwoord verbeterd is.", "Everybody sees that the answer was corrected.";
    cancel: "Laat zo", "Leave it";
    aloud: "hardop gegeven, samengevat", "given aloud, summed up";
    answered: "Beantwoord in deze sessie", "Answered in this session";
    answered_empty: "Uw antwoorden komen hier te staan.", "Your answers come here.";

    // The connection.
    away: "Even geen verbinding. Uw woorden blijven op dit scherm; we proberen het steeds opnieuw.",
        "No connection just now. Your words stay on this screen; we keep trying.";
    key_renewed: "De sleutel van dit scherm is vernieuwd. Vraag de organisator om de nieuwe link; uw woorden staan hier nog.",
        "The key of this screen was renewed. Ask the organiser for the new link; your words are still here.";
    to_door: "Naar de deur", "To the door";
} }

impl Panel {
    /// "Een nieuwe vraag op het podium: ..."
    pub fn announced(self, words: &str) -> String {
        self.0.pick(format!("Nieuwe vraag op het podium: {words}"), format!("New question on stage: {words}"))
    }

    /// "Gevraagd aan Judith Bokhove"
    pub fn asked_of(self, alderman: &str) -> String {
        self.0.pick(format!("Gevraagd aan {alderman}"), format!("Asked of {alderman}"))
    }

    /// "mensen", beside their number
    pub fn people(self, n: u64) -> &'static str {
        self.0.plural(n, self.0.pick("mens", "person"), self.0.pick("mensen", "people"))
    }

    /// "bewoordingen", beside their number
    pub fn wordings(self, n: u64) -> &'static str {
        self.0.plural(n, self.0.pick("bewoording", "wording"), self.0.pick("bewoordingen", "wordings"))
    }

    /// "Judith Bokhove, 14.09 uur"
    pub fn given_by(self, by: &str, at: &Moment) -> String {
        format!("{by}, {}", times::clock(self.0, at))
    }

    /// Which of the answers a button is about.
    pub fn about(self, label: &str, words: &str) -> String {
        format!("{label}: {words}")
    }

    /// "Nog 12 tekens", "12 tekens te veel"
    pub fn left(self, length: usize, max: usize) -> String {
        Desk(self.0).left(length, max)
    }
}
