//! The organiser's pages.

use super::Language;
use crate::{Moderation, Phase, Role};

/// The organiser's sentences, in one language.
#[derive(Debug, Clone, Copy)]
pub struct Organise(pub Language);

macro_rules! sentences {
    ($($(#[$meta:meta])* $name:ident: $nl:literal, $en:literal;)+) => {
        impl Organise {
            $($(#[$meta])* pub fn $name(self) -> &'static str { self.0.pick($nl, $en) })+
        }
    };
}

sentences! {
    /// Heading of the list.
    title: "Sessies organiseren", "Organise sessions";
    /// To the blank form.
    new_session: "Nieuwe sessie", "New session";
    /// No session was made yet.
    empty: "Er is nog geen sessie. Maak de eerste; over een minuut kunt u de links delen.", "There is no session yet. Make the first; in a minute you can share its links.";
    /// Heading of the blank form.
    new_title: "Een nieuwe sessie", "A new session";
    /// Heading of the form for an existing session.
    edit_title: "Sessie aanpassen", "Change the session";
    /// Label.
    hashtag: "Hashtag", "Hashtag";
    /// Help.
    hashtag_help: "Letters en cijfers, bijvoorbeeld FietsFan010. Kan later niet meer veranderen.", "Letters and digits, for instance FietsFan010. Cannot change later.";
    /// Label.
    session_title: "Titel", "Title";
    /// Label.
    introduction: "Inleiding", "Introduction";
    /// Help.
    introduction_help: "Een paar zinnen van welkom. Mag leeg blijven.", "A few sentences of welcome. May stay empty.";
    /// Heading of the rows of aldermen.
    aldermen: "Wie antwoorden er", "Who answers";
    /// Label.
    name: "Naam", "Name";
    /// Label.
    office: "Functie", "Office";
    /// Label.
    portrait: "Foto (https-adres, mag leeg)", "Portrait (https address, may stay empty)";
    /// Opens more rows.
    more_aldermen: "Nog iemand toevoegen", "Add somebody else";
    /// Heading of the times.
    times: "Tijden", "Times";
    /// Help.
    times_help: "De sessie gaat op deze tijden vanzelf verder. Leeg betekent: met de hand.", "The session moves on by itself at these times. Empty means: by hand.";
    /// Label.
    opens: "Vragen stellen kan vanaf", "Asking opens at";
    /// Label.
    starts: "Live vanaf", "Live from";
    /// Label.
    ends: "Sluit om", "Closes at";
    /// Label.
    timezone: "Tijdzone", "Time zone";
    /// Heading of the rules.
    rules: "Afspraken", "Rules";
    /// Label.
    moderation: "Moderatoren kijken", "Moderators look";
    /// Label.
    ask_early: "Vragen mogen al voor de opening binnenkomen", "Questions may come in before it opens";
    /// Label.
    languages: "Talen waarin men welkom is", "Languages people are welcome in";
    /// Button.
    make: "Maak de sessie", "Make the session";
    /// Button.
    save: "Bewaar", "Save";
    /// Link.
    cancel: "Terug zonder bewaren", "Back without saving";
    /// Link.
    change: "Gegevens aanpassen", "Change details";
    /// Link.
    all: "Alle sessies", "All sessions";
    /// Heading.
    phase: "Waar staat de sessie", "Where the session stands";
    /// Heading.
    links: "Links en QR-codes", "Links and QR codes";
    /// Help.
    links_help: "De eerste twee zijn voor iedereen. De andere openen een werkplek: deel ze alleen met wie daar werkt.", "The first two are for everybody. The others open a workplace: share them only with who works there.";
    /// Name of a link.
    for_citizens: "Voor inwoners", "For citizens";
    /// Name of a link.
    for_the_wall: "Voor de muur", "For the wall";
    /// When a staff link can no longer be told.
    link_hidden: "Deze link is eerder gemaakt. We bewaren alleen een vingerafdruk en kunnen hem niet opnieuw tonen.", "This link was made before. We keep only a fingerprint of it and cannot show it again.";
    /// When a staff link is shown.
    link_fresh: "Kopieer of print deze link nu. Over een kwartier verdwijnt hij van deze pagina.", "Copy or print this link now. It leaves this page in a quarter of an hour.";
    /// When a role has no key yet.
    no_key: "Deze sessie heeft hier nog geen sleutel voor. Maak er een als u deze werkplek wilt gebruiken.", "This session has no key for this yet. Make one if you want to use this workplace.";
    /// Button.
    make_key: "Maak een sleutel", "Make a key";
    /// Opens the confirmation.
    renew: "Nieuwe link maken", "Make a new link";
    /// The confirmation.
    renew_sure: "De oude link werkt dan meteen niet meer, en wie ermee werkt moet de nieuwe openen.", "The old link stops working at once, and whoever uses it must open the new one.";
    /// Button that confirms.
    renew_yes: "Ja, maak een nieuwe link", "Yes, make a new link";
    /// Button.
    copy: "Kopieer", "Copy";
    /// After copying.
    copied: "Gekopieerd", "Copied";
    /// Link.
    open: "Open", "Open";
}

impl Organise {
    /// A role, as a colleague says it.
    pub fn role(self, role: Role) -> &'static str {
        match role {
            Role::Organiser => self.0.pick("Organisator", "Organiser"),
            Role::Moderator => self.0.pick("Voor moderatoren", "For moderators"),
            Role::Panel => self.0.pick("Voor het panel", "For the panel"),
            Role::Desk => self.0.pick("Voor de diensten", "For the departments"),
        }
    }

    /// When moderators look.
    pub fn when_moderators_look(self, moderation: Moderation) -> &'static str {
        match moderation {
            Moderation::Before => self.0.pick("voordat een vraag te zien is", "before a question is shown"),
            Moderation::After => self.0.pick("nadat een vraag te zien is", "after a question is shown"),
        }
    }

    /// The button that moves a session there.
    pub fn move_to(self, phase: Phase) -> &'static str {
        match phase {
            Phase::Announced => self.0.pick("Aangekondigd", "Announced"),
            Phase::Open => self.0.pick("Open voor vragen", "Open for questions"),
            Phase::Live => self.0.pick("Live", "Live"),
            Phase::Closed => self.0.pick("Afgelopen", "Over"),
            Phase::Archived => self.0.pick("Gearchiveerd", "Archived"),
        }
    }

    /// "37 van 214 vragen beantwoord".
    pub fn answered_of(self, answered: u64, asked: u64) -> String {
        let questions = self.0.count(asked, self.0.pick("vraag", "question"), self.0.pick("vragen", "questions"));
        self.0.pick(
            format!("{} van {questions} beantwoord", self.0.number(answered)),
            format!("{} of {questions} answered", self.0.number(answered)),
        )
    }

    /// A field of the form, by its name in the API.
    pub fn field(self, name: &str) -> &'static str {
        match name {
            "hashtag" => self.hashtag(),
            "title" => self.session_title(),
            "introduction" => self.introduction(),
            "opens" => self.opens(),
            "starts" => self.starts(),
            "ends" => self.ends(),
            "timezone" => self.timezone(),
            "languages" => self.languages(),
            _ => self.aldermen(),
        }
    }
}
