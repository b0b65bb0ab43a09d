//! The moderators' desk.

use super::{Language, acts, said::said};
use crate::{Act, Moment, flags::FlagKind, sentences::times};

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
    nothing_found: "Hier staat niets dat u zoekt.", "Nothing here is what you look for.";

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

    twin: "Zelfde als", "Same as";
    twin_perhaps: "Lijkt op", "Close to";
    twin_answered: "Al beantwoord", "Answered already";
    twin_bundle: "Bundel", "Bundle";
    choose_other: "Bundel elders", "Bundle elsewhere";
    refer: "Verwijs naar antwoord", "Refer to the answer";
    mask: "Dek af", "Mask";
    route: "Naar dienst", "Route";
    label: "Label", "Label";
    labels: "Labels", "Labels";
    make_lead: "Maak hoofdvraag", "Make lead";
    selected_card: "Met de gekozen vraag", "With the selected question";
    pick: "Kies", "Pick";
    only_letters: "Gelijkenis: alleen letters vergeleken", "Likeness: only letters are compared";
    with_endpoint: "Gelijkenis met hulp van een dienst van buiten", "Likeness with help of an outside service";
    briefing_ready: "briefing klaar", "briefing ready";
    proposal_ready: "antwoord klaar", "answer ready";
    proposal_begun: "antwoord in de maak", "answer being written";

    // Acting on what just changed.
    before: "Was", "Was";
    now: "Nu", "Now";
    leave_it: "Laat zo", "Leave it";

    // Sending to a department.
    route_title: "Naar welke dienst?", "To which department?";
    department: "Dienst", "Department";
    due: "Voor", "By";
    due_none: "geen tijd", "no time";
    due_10: "over 10 minuten", "in 10 minutes";
    due_30: "over 30 minuten", "in 30 minutes";
    due_60: "over een uur", "in an hour";
    due_own: "eigen tijd", "own time";
    due_at: "Tijd", "Time";
    route_send: "Stuur", "Send";
    route_back: "Haal terug bij de dienst", "Call back";
    alderman: "Voor welke bestuurder?", "For which alderman?";
    alderman_any: "om het even wie", "whoever";
    label_new: "Label, alleen voor collega’s", "Label, for colleagues only";
    label_put: "Zet erop", "Put on";
    label_off: "Haal label weg", "Take label off";

    // Many at once.
    picked_none: "Kies niets meer", "Pick nothing";
    many_left: "Niet gedaan", "Not done";
    many_why: "Waarom wijst u deze vragen af? De vragers lezen dit.", "Why do you decline these questions? Their askers read this.";
    many_bundle: "Onder welke vraag horen deze?", "Under which question do these belong?";

    // Groups.
    groups: "Groepen", "Groups";
    groups_title: "Vragen die op elkaar lijken", "Questions that look alike";
    groups_how: "Kies de hoofdvraag, haal weg wat er niet bij hoort, en bundel. U kunt een vraag ook uit de groep slepen.",
        "Choose the lead, take out what does not belong, and bundle. You can drag a question out of the group too.";
    groups_none: "Er zijn nu geen vragen die op elkaar lijken.", "No questions look alike now.";
    groups_loading: "Even zoeken …", "Looking …";
    groups_more: "Toon meer groepen", "Show more groups";
    group_bundle: "Bundel deze", "Bundle these";
    group_part: "Horen niet bij elkaar", "Do not belong together";
    group_out: "Hoort hier niet", "Does not belong here";
    group_drop: "Sleep hierheen wat er niet bij hoort", "Drag here what does not belong";
    group_under: "Bewoordingen die er al onder staan", "Wordings that are under it already";
    group_lead: "Hoofdvraag", "Lead";

    // Looking for some.
    filter: "Filter", "Filter";
    filter_title: "Toon alleen", "Show only";
    filter_flagged: "Met waarschuwing", "Flagged";
    filter_mine: "Van mij", "Mine";
    filter_waits: "Wacht langer dan", "Waiting longer than";
    filter_source: "Herkomst", "Source";
    filter_topic: "Onderwerp", "Topic";
    filter_language: "Taal", "Language";
    filter_label: "Label", "Label";
    filter_alderman: "Bestuurder", "Alderman";
    filter_any: "alles", "all";
    filter_clear: "Wis filter", "Clear filter";

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
    clear_filter: "Toon weer alles", "Show everything again";

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
    did_mask: "Afgedekt.", "Masked.";
    did_lead: "Nu de hoofdvraag van haar bundel.", "Now the lead of its bundle.";
    did_label: "Label aangepast.", "Label changed.";
    did_assign: "Toegewezen.", "Assigned.";
    did_route: "Naar de dienst gestuurd.", "Sent to the department.";
    did_call_back: "Teruggehaald bij de dienst.", "Called back from the department.";
    did_part: "Uit elkaar gehouden.", "Kept apart.";
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
    key_bundle: "bundel onder de genoemde vraag, of kies er een", "bundle under the named question, or choose one";
    key_other: "bundel onder een vraag die u zelf kiest", "bundle under a question that you choose";
    key_refer: "wijs af met een link naar het antwoord", "decline with a link to the answer";
    key_mask: "dek af wat niet openbaar mag zijn", "mask what should not be public";
    key_route: "naar een dienst, of aan een bestuurder", "to a department, or to an alderman";
    key_label: "zet een label op de vraag", "put a label on the question";
    key_pick: "kies de vraag, om veel tegelijk te doen", "pick the question, to do many at once";
    key_range: "kies een hele reeks", "pick a whole range";
    key_all: "kies alles wat u zoekt", "pick everything you look for";
    key_groups: "vragen die op elkaar lijken", "questions that look alike";
    key_filter: "toon alleen een deel", "show only some";
    key_waits: "toon alleen wat lang wacht", "show only what waits long";
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

    /// "JV kijkt ernaar"
    pub fn looking(self, by: &[String]) -> String {
        let names = by.join(self.0.pick(" en ", " and "));
        let verb = if by.len() > 1 {
            self.0.pick("kijken ernaar", "are looking at it")
        } else {
            self.0.pick("kijkt ernaar", "is looking at it")
        };
        format!("{names} {verb}")
    }

    /// "Net: MB toonde deze vraag."
    pub fn just_now(self, act: Act, by: &str) -> String {
        let did = acts::sentence(self.0, act, by);
        let did = did.replace(self.0.pick("een vraag", "a question"), self.0.pick("deze vraag", "this question"));
        self.0.pick(format!("Net: {did}."), format!("Just now: {did}."))
    }

    /// "Toch: Wijs af"
    pub fn anyway(self, label: &str) -> String {
        self.0.pick(format!("Toch: {label}"), format!("Still: {label}"))
    }

    /// "bij Mobiliteit, voor 14.30"
    pub fn routed(self, department: &str, due: Option<&Moment>) -> String {
        let due = due.map(|due| {
            let clock = times::short_clock(self.0, due);
            self.0.pick(format!(", voor {clock}"), format!(", by {clock}"))
        });
        let at = self.0.pick("bij", "with");
        format!("{at} {department}{}", due.unwrap_or_default())
    }

    /// "voor Judith Bokhove"
    pub fn for_alderman(self, name: &str) -> String {
        self.0.pick(format!("voor {name}"), format!("for {name}"))
    }

    /// What was seen in a question that deserves a look.
    pub fn flag(self, kind: FlagKind) -> &'static str {
        let (nl, en) = match kind {
            FlagKind::Phone => ("Telefoonnummer in de tekst", "Telephone number in the text"),
            FlagKind::Email => ("E-mailadres in de tekst", "E-mail address in the text"),
            FlagKind::Bsn => ("Burgerservicenummer in de tekst", "Citizen service number in the text"),
            FlagKind::Iban => ("Rekeningnummer in de tekst", "Bank account in the text"),
            FlagKind::Plate => ("Kenteken in de tekst", "Number plate in the text"),
            FlagKind::Address => ("Adres in de tekst", "Address in the text"),
            FlagKind::Shouting => ("Veel hoofdletters of uitroeptekens", "Many capitals or exclamation marks"),
            FlagKind::Link => ("Link in de tekst", "Link in the text"),
            FlagKind::Insult => ("Woord dat kan kwetsen", "Word that may hurt"),
            FlagKind::Flood => ("Veel vragen van één deelnemer", "Many questions of one participant"),
            FlagKind::SamePlace => ("Veel nieuwe deelnemers van één plek", "Many new participants from one place"),
        };
        self.0.pick(nl, en)
    }

    /// "12 gekozen"
    pub fn picked(self, n: u64) -> String {
        self.0.count(n, self.0.pick("gekozen", "picked"), self.0.pick("gekozen", "picked"))
    }

    /// "18 gedaan."
    pub fn many_done(self, n: u64) -> String {
        let done = self.0.count(n, self.0.pick("gedaan", "done"), self.0.pick("gedaan", "done"));
        format!("{done}.")
    }

    /// "287 steun"
    pub fn support(self, n: u64) -> String {
        format!("{} {}", self.0.number(n), super::common::support(self.0))
    }

    /// "de langste 4 minuten"
    pub fn longest(self, millis: i64) -> String {
        let minutes = u64::try_from(millis / 60_000).unwrap_or(0).max(1);
        let long = self.0.count(minutes, self.0.pick("minuut", "minute"), self.0.pick("minuten", "minutes"));
        self.0.pick(format!("de langste {long}"), format!("the longest {long}"))
    }

    /// "6 vragen, 412 steun"
    pub fn group(self, questions: u64, support: u64) -> String {
        let asked = self.0.count(questions, self.0.pick("vraag", "question"), self.0.pick("vragen", "questions"));
        format!("{asked}, {}", self.support(support))
    }

    /// "live sinds 14.00"
    pub fn live_since(self, at: &Moment) -> String {
        let clock = times::short_clock(self.0, at);
        self.0.pick(format!("live sinds {clock}"), format!("live since {clock}"))
    }

    /// Who did what, to how many at once, with the reader as "U".
    pub fn step(self, act: Act, by: &str, me: &str, many: Option<u32>) -> String {
        let told = acts::sentence(self.0, act, if by == me { self.0.pick("U", "You") } else { by });
        let Some(many) = many.filter(|many| *many > 1) else { return told };
        let count = self.0.count(u64::from(many), self.0.pick("vraag", "question"), self.0.pick("vragen", "questions"));
        let one = [self.0.pick("een afgewezen vraag", "a declined question"), self.0.pick("een vraag", "a question")];
        match one.into_iter().find(|one| told.contains(one)) {
            Some(one) => told.replacen(one, &count, 1),
            None => format!("{told} ({count})"),
        }
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
