//! The moderators' desk.

use super::{Language, acts, said::said};
use crate::{Act, Moment, sentences::times};

/// What the moderators' desk says, in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Desk(pub Language);

said! { Desk {
    title: "Moderatie", "Moderators’ desk";
    needs_javascript: "U kunt hier alles lezen. Om te tonen, af te wijzen of te bundelen is JavaScript nodig.",
        "You can read everything here. To show, decline or bundle, JavaScript is needed.";

    // Areas.
    incoming: "Binnen", "Incoming";
    shown: "Getoond", "Shown";
    stage: "Podium", "Stage";
    queue: "In de rij", "In the queue";
    answered: "Beantwoord", "Answered";
    declined: "Afgewezen en ingetrokken", "Declined and taken back";
    done: "Afgehandeld", "Done";
    steps: "Laatste stappen", "Latest steps";
    latest_step: "Laatste stap", "Latest step";
    notices: "Berichten", "Notices";
    areas: "Onderdelen", "Areas";
    incoming_empty: "Alles is bekeken. Nieuwe vragen verschijnen hier vanzelf.", "Everything has been looked at. New questions appear here by themselves.";
    shown_empty: "Hier staan getoonde vragen die niet in de rij staan. Toon er een uit Binnen met A.",
        "Shown questions that are not in the queue. Show one from Incoming with A.";
    stage_empty: "Er staat niets op het podium. Kies een vraag met S, of neem de eerste uit de rij met N.",
        "Nothing is on stage. Choose a question with S, or take the first in the queue with N.";
    queue_empty: "De rij is leeg. Zet er een getoonde vraag in met Q.", "The queue is empty. Add a shown question with Q.";
    answered_empty: "Wat beantwoord is, komt hier te staan.", "What has been answered comes here.";
    declined_empty: "Er is niets afgewezen of ingetrokken.", "Nothing was declined or taken back.";
    steps_empty: "Wat u en uw collega’s doen, staat hier, met een knop om het terug te draaien.",
        "What you and your colleagues do is listed here, with a button to undo it.";
    nothing_found: "Hier staat niets met deze woorden.", "Nothing here has these words.";

    // Cards.
    nameless: "Zonder naam", "No name given";
    web: "web", "web";
    original: "Eerst geschreven", "First written";
    wording_empty: "deze bewoording is er niet meer", "this wording is no longer here";
    busy: "Bezig", "One moment";
    answer: "Antwoord", "Answer";

    // What one can do with a card.
    approve: "Toon", "Show";
    decline: "Wijs af", "Decline";
    edit: "Pas aan", "Edit";
    bundle: "Bundel", "Bundle";
    unbundle: "Maak los", "Unbundle";
    wordings: "Bewoordingen", "Wordings";
    restore: "Haal terug", "Bring back";
    enqueue: "In de rij", "Queue";
    dequeue: "Uit de rij", "Out of the queue";
    put_on_stage: "Podium", "Stage";
    take_off_stage: "Van het podium", "Take off stage";
    next: "Volgende", "Next";
    undo: "Ongedaan maken", "Undo";
    earlier: "Eerder in de rij", "Earlier in the queue";
    later: "Later in de rij", "Later in the queue";
    dragged: "Sleep om te verplaatsen", "Drag to move";

    // Declining.
    why_declined: "Waarom wijst u deze vraag af? De vrager leest dit.", "Why do you decline this question? Its asker reads this.";
    note: "Toelichting voor de vrager", "Note to the asker";
    note_hint: "Nodig bij “Anders, namelijk”, anders niet verplicht.", "Needed with “Other, namely”, otherwise optional.";
    note_needed: "Schrijf bij “Anders, namelijk” een toelichting.", "Please write a note with “Other, namely”.";

    // Editing.
    edit_label: "Woorden zoals iedereen ze ziet", "The words as everybody sees them";
    edit_hint: "De vrager en het publiek zien dat de vraag bewerkt is. U ziet de eerste woorden erbij.",
        "The asker and the public see that the question was edited. You keep seeing the first words.";
    redact: "Maak selectie onleesbaar", "Redact selection";
    redact_hint: "Selecteer eerst de woorden die weg moeten.", "First select the words to remove.";
    save: "Bewaar", "Save";
    cancel: "Niet doen", "Cancel";
    reset: "Terug naar de woorden van nu", "Back to the words as they are now";

    // Bundling.
    bundle_title: "Onder welke vraag hoort deze?", "Under which question does this belong?";
    bundle_search: "Zoek een vraag", "Search a question";
    bundle_none: "Er is geen vraag om onder te bundelen.", "There is no question to bundle under.";
    bundle_how: "Kies met de pijltjes en Enter. De meest gelijkende staat bovenaan.", "Choose with the arrows and Enter. The most similar comes first.";

    // The hall.
    hall: "Uit de zaal", "From the hall";
    hall_title: "Een vraag uit de zaal", "A question from the hall";
    hall_words: "Wat wordt er gevraagd?", "What is being asked?";
    hall_name: "Naam, als die genoemd mag worden", "Name, if it may be mentioned";
    hall_send: "Voer in", "Enter";
    hall_done: "De vraag uit de zaal staat erbij.", "The question from the hall was added.";

    // The banner.
    banner: "Mededeling", "Announcement";
    banner_title: "Een mededeling op alle schermen", "An announcement on all screens";
    banner_words: "Wat moet iedereen weten?", "What should everybody know?";
    banner_put_up: "Zet op alle schermen", "Put on all screens";
    banner_take_down: "Haal weg", "Take down";
    banner_now: "Op alle schermen", "On all screens";

    // The top.
    phase_menu: "Fase van de sessie", "Phase of the session";
    move_phase: "Zet de sessie op", "Move the session to";
    more: "Meer", "More";
    box_label: "Vragenbus", "Question box";
    box_open: "Vragen open", "Questions open";
    box_closed: "Vragen dicht", "Questions closed";
    box_waits: "Vragen dicht in deze fase", "Questions closed in this phase";
    to_wall: "De wand", "The wall";
    to_citizens: "De pagina voor bewoners", "The citizens’ page";
    colleagues: "Nu aan de tafel", "At the desk now";
    moderator: "moderator", "moderator";
    panel: "panel", "panel";
    departments: "diensten", "departments";
    organiser: "organisator", "organiser";
    search: "Zoek", "Search";
    search_label: "Zoek in alle vragen", "Search all questions";
    help: "Alle toetsen", "All keys";
    close: "Sluit", "Close";
    dismiss: "Verberg", "Hide";
    show_more: "Toon er meer", "Show more";

    // The connection.
    away: "Even geen verbinding. Wat u nu doet, wordt niet verstuurd; we proberen het steeds opnieuw.",
        "No connection just now. What you do now is not sent; we keep trying.";
    key_renewed: "De sleutel van deze tafel is vernieuwd. Vraag de organisator om de nieuwe link; wat u half geschreven hebt, staat hier nog.",
        "The key of this desk was renewed. Ask the organiser for the new link; what you half wrote is still here.";
    to_door: "Naar de deur", "To the door";

    // What was just done, for the status line.
    did_approve: "Getoond.", "Shown.";
    did_decline: "Afgewezen.", "Declined.";
    did_edit: "Aangepast.", "Edited.";
    did_bundle: "Gebundeld.", "Bundled.";
    did_unbundle: "Losgemaakt.", "Unbundled.";
    did_restore: "Teruggehaald.", "Brought back.";
    did_enqueue: "In de rij gezet.", "Added to the queue.";
    did_dequeue: "Uit de rij gehaald.", "Taken out of the queue.";
    did_stage: "Op het podium gezet.", "Put on stage.";
    did_unstage: "Van het podium gehaald.", "Taken off stage.";
    did_undo: "Ongedaan gemaakt.", "Undone.";
    nothing_to_undo: "U hebt geen stap die nog ongedaan kan worden.", "You have no step left to undo.";
    nothing_next: "De rij is leeg; er is geen volgende vraag.", "The queue is empty; there is no next question.";

    // The keys.
    keys_title: "Alles met het toetsenbord", "Everything by keyboard";
    keys_note: "De toetsen werken op de vraag met de groene rand, en nooit terwijl u typt.", "The keys work on the question with the green edge, and never while you type.";
    key_move: "volgende en vorige vraag", "next and previous question";
    key_area: "ander onderdeel", "another area";
    key_approve: "toon de vraag", "show the question";
    key_decline: "wijs af, met een reden 1 tot 6", "decline, with a reason 1 to 6";
    key_edit: "pas de woorden aan of maak ze onleesbaar", "edit or redact the words";
    key_bundle: "bundel onder een andere vraag", "bundle under another question";
    key_restore: "haal terug, of open de bundel om los te maken", "bring back, or open the bundle to unbundle";
    key_queue: "in de rij of eruit", "into or out of the queue";
    key_order: "eerder of later in de rij", "earlier or later in the queue";
    key_stage: "op het podium of eraf", "on stage or off it";
    key_next: "volgende uit de rij op het podium", "next in the queue on stage";
    key_undo: "maak uw laatste stap ongedaan", "undo your last step";
    key_hall: "voer een vraag uit de zaal in", "enter a question from the hall";
    key_search: "zoek", "search";
    key_help: "deze lijst", "this list";
    key_save: "bewaar wat u aanpaste", "save what you edited";
    key_escape: "sluit wat open is", "close what is open";
} }

impl Desk {
    /// "12 wachten"
    pub fn waiting(self, n: u64) -> String {
        self.0.count(n, self.0.pick("wacht", "waiting"), self.0.pick("wachten", "waiting"))
    }

    /// "1.204 kijken mee"
    pub fn viewers(self, n: u64) -> String {
        self.0.count(n, self.0.pick("kijkt mee", "watching"), self.0.pick("kijken mee", "watching"))
    }

    /// "214 gevraagd"
    pub fn asked(self, n: u64) -> String {
        self.0.count(n, self.0.pick("gevraagd", "asked"), self.0.pick("gevraagd", "asked"))
    }

    /// "3 nieuwe vragen binnen."
    pub fn arrived(self, n: u64) -> String {
        let count =
            self.0.count(n, self.0.pick("nieuwe vraag", "new question"), self.0.pick("nieuwe vragen", "new questions"));
        self.0.pick(format!("{count} binnen."), format!("{count} came in."))
    }

    /// "live sinds 14.00"
    pub fn live_since(self, at: &Moment) -> String {
        let clock = times::short_clock(self.0, at);
        self.0.pick(format!("live sinds {clock}"), format!("live since {clock}"))
    }

    /// Who did what, with the reader as "U".
    pub fn step(self, act: Act, by: &str, me: &str) -> String {
        acts::sentence(self.0, act, if by == me { self.0.pick("U", "You") } else { by })
    }

    /// "ongedaan gemaakt door JV"
    pub fn undone_by(self, by: &str, me: &str) -> String {
        let by = if by == me { self.0.pick("u", "you") } else { by };
        self.0.pick(format!("ongedaan gemaakt door {by}"), format!("undone by {by}"))
    }

    /// "laatst: JV"
    pub fn changed_by(self, by: &str, me: &str) -> String {
        let by = if by == me { self.0.pick("u", "you") } else { by };
        self.0.pick(format!("laatst: {by}"), format!("last: {by}"))
    }

    /// "Afgewezen omdat ze kwetsend is"
    pub fn declined_because(self, reason: crate::Reason) -> String {
        let why = super::problems::reason(self.0, reason);
        self.0.pick(format!("Afgewezen omdat {why}"), format!("Declined because {why}"))
    }

    /// What a button does, to whom it is not visible beside which words it stands.
    pub fn about(self, label: &str, words: &str) -> String {
        format!("{label}: {words}")
    }

    /// "Nog 12 tekens", "12 tekens te veel"
    pub fn left(self, length: usize, max: usize) -> String {
        let signs =
            |n: usize| self.0.count(n as u64, self.0.pick("teken", "character"), self.0.pick("tekens", "characters"));
        if length > max {
            let over = signs(length - max);
            self.0.pick(format!("{over} te veel"), format!("{over} too many"))
        } else {
            let left = signs(max - length);
            self.0.pick(format!("Nog {left}"), format!("{left} left"))
        }
    }
}
