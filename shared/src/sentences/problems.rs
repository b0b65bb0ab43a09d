//! What people read when something was not done: what is wrong, and what they can do.

use super::{Language, acts};
use crate::{Phase, Refusal, Status};

/// A few words, for headings and programs.
pub fn title(lang: Language, refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Empty | Refusal::OnlyHashtags => lang.pick("Er is nog geen vraag", "There is no question yet"),
        Refusal::TooLong { .. } => lang.pick("Te lang", "Too long"),
        Refusal::Field { .. } => lang.pick("Een veld klopt niet", "A field is not right"),
        Refusal::HashtagTaken => lang.pick("Deze hashtag is bezet", "This hashtag is taken"),
        Refusal::AlreadyAsked { .. } => lang.pick("Uw vraag is er al", "Your question is already there"),
        Refusal::BoxClosed { .. } => lang.pick("Vragen kan nu niet", "Asking is not possible now"),
        Refusal::WrongStatus { .. } | Refusal::IsBundled { .. } | Refusal::NoBundle => {
            lang.pick("Dat kan niet meer", "That is no longer possible")
        }
        Refusal::Changed { .. } | Refusal::QueueChanged => lang.pick("Intussen veranderd", "Changed in the meantime"),
        Refusal::CannotUndo => lang.pick("Niet terug te draaien", "Cannot be undone"),
        Refusal::NotFound => lang.pick("Niet gevonden", "Not found"),
        Refusal::Unauthorized => lang.pick("Geen toegang", "No access"),
        Refusal::Forbidden | Refusal::CrossSite => lang.pick("Niet toegestaan", "Not allowed"),
        Refusal::TooFast { .. } => lang.pick("Even geduld", "One moment"),
        Refusal::TooLarge => lang.pick("Te groot", "Too large"),
        Refusal::Packed | Refusal::Malformed => lang.pick("Onleesbaar", "Unreadable"),
        Refusal::TooSlow => lang.pick("Te langzaam", "Too slow"),
        Refusal::NotStored => lang.pick("Niet bewaard", "Not stored"),
    }
}

/// A sentence for the person, with what to do next where there is something to do.
pub fn detail(lang: Language, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Empty => lang.pick("Schrijf eerst uw woorden op.", "Please write something first.").into(),
        Refusal::OnlyHashtags => lang
            .pick(
                "Er staan alleen hashtags. Schrijf uw vraag erbij.",
                "There are only hashtags. Please add your question.",
            )
            .into(),
        Refusal::TooLong { length, max } => too_long(lang, *length, *max),
        Refusal::Field { field } => lang.pick(
            format!("Kijk nog eens naar het veld “{field}”."),
            format!("Please look at the field “{field}” again."),
        ),
        Refusal::HashtagTaken => lang
            .pick(
                "Er is al een sessie met deze hashtag. Kies een andere.",
                "There is a session with this hashtag already. Choose another.",
            )
            .into(),
        Refusal::AlreadyAsked { .. } => lang
            .pick(
                "U hebt dit al gevraagd. U hoeft niets opnieuw te sturen.",
                "You asked this before. There is no need to send it again.",
            )
            .into(),
        Refusal::BoxClosed { phase } => box_closed(lang, *phase).into(),
        Refusal::WrongStatus { now } => wrong_status(lang, *now).into(),
        Refusal::Changed { by, act } => {
            let did = acts::sentence(lang, *act, by);
            lang.pick(
                format!("{did}. Er is niets dubbel gedaan; kijk nog eens."),
                format!("{did}. Nothing was done twice; please look again."),
            )
        }
        Refusal::IsBundled { .. } => lang
            .pick(
                "Deze vraag zit in een bundel. Doe dit met de hoofdvraag.",
                "This question is in a bundle. Do this with its lead question.",
            )
            .into(),
        Refusal::NoBundle => lang
            .pick(
                "Zo kan deze vraag niet gebundeld of losgemaakt worden.",
                "This question cannot be bundled or unbundled like that.",
            )
            .into(),
        Refusal::QueueChanged => lang
            .pick(
                "De rij is intussen veranderd. Kijk nog eens.",
                "The queue changed in the meantime. Please look again.",
            )
            .into(),
        Refusal::CannotUndo => lang
            .pick(
                "Deze stap is al ongedaan gemaakt, of er is op voortgebouwd.",
                "This step was undone already, or others built on it.",
            )
            .into(),
        Refusal::NotFound => lang.pick("Dit is er niet, of niet meer.", "This is not here, or no longer.").into(),
        Refusal::Unauthorized => lang
            .pick("Gebruik de link die u van de organisator kreeg.", "Use the link that the organiser gave you.")
            .into(),
        Refusal::Forbidden => lang.pick("Met deze sleutel kan dat niet.", "This key does not open that.").into(),
        Refusal::CrossSite => lang
            .pick(
                "Dit verzoek kwam van een andere website en is geweigerd.",
                "This request came from another site and was refused.",
            )
            .into(),
        Refusal::TooFast { retry_after } => {
            let wait = lang.count(*retry_after, lang.pick("seconde", "second"), lang.pick("seconden", "seconds"));
            lang.pick(
                format!("Dat ging erg snel na elkaar. Probeer het over {wait} opnieuw; uw woorden blijven staan."),
                format!("That was very fast. Try again in {wait}; your words stay here."),
            )
        }
        Refusal::TooLarge => lang.pick("Dit is te groot om te ontvangen.", "This is too large to receive.").into(),
        Refusal::Packed => {
            lang.pick("Stuur dit zonder het samen te persen.", "Please send this without compressing it.").into()
        }
        Refusal::TooSlow => lang
            .pick(
                "Uw woorden kwamen niet helemaal aan. Probeer het opnieuw.",
                "Your words did not arrive completely. Please try again.",
            )
            .into(),
        Refusal::Malformed => lang.pick("Dit verzoek is niet te lezen.", "This request cannot be read.").into(),
        Refusal::NotStored => lang
            .pick(
                "Het kon niet worden bewaard. Er is niets veranderd; probeer het zo opnieuw.",
                "It could not be stored. Nothing was changed; please try again shortly.",
            )
            .into(),
    }
}

/// For whom there is no place, before anything is known of them.
pub fn no_place(lang: Language) -> &'static str {
    lang.pick(
        "Het is hier nu erg druk. Probeer het over enkele seconden opnieuw.",
        "It is very busy here right now. Please try again in a few seconds.",
    )
}

fn too_long(lang: Language, length: usize, max: usize) -> String {
    let over = (length - max.min(length)) as u64;
    lang.pick(
        format!("Dit zijn {} te veel. Er passen er {max}.", lang.count(over, "teken", "tekens")),
        format!("This is {} too long. {max} fit.", lang.count(over, "character", "characters")),
    )
}

fn box_closed(lang: Language, phase: Phase) -> &'static str {
    match phase {
        Phase::Announced => lang.pick(
            "Vragen stellen kan nog niet. Uw woorden blijven hier staan.",
            "Asking has not opened yet. Your words stay here.",
        ),
        Phase::Open | Phase::Live => lang.pick(
            "Er kunnen nu even geen vragen bij. Uw woorden blijven hier staan.",
            "No questions can be added just now. Your words stay here.",
        ),
        Phase::Closed | Phase::Archived => lang.pick(
            "Deze sessie is voorbij; vragen stellen kan niet meer.",
            "This session is over; asking is no longer possible.",
        ),
    }
}

fn wrong_status(lang: Language, status: Status) -> &'static str {
    match status {
        Status::Waiting => {
            lang.pick("Deze vraag wacht nog op de moderatoren.", "This question is still waiting for the moderators.")
        }
        Status::Shown => lang.pick("Deze vraag wordt al getoond.", "This question is shown already."),
        Status::OnStage => lang.pick("Deze vraag is nu op het podium.", "This question is on stage now."),
        Status::Answered => lang.pick("Deze vraag is al beantwoord.", "This question is answered already."),
        Status::Declined => lang.pick("Deze vraag wordt niet getoond.", "This question is not shown."),
        Status::Withdrawn => lang.pick("De vrager heeft deze vraag ingetrokken.", "The asker took this question back."),
    }
}

/// A reason for declining, as its asker reads it after "omdat" / "because".
pub fn reason(lang: Language, reason: crate::Reason) -> &'static str {
    use crate::Reason;
    match reason {
        Reason::OffTopic => lang.pick("ze niet over dit onderwerp gaat", "it is not about this subject"),
        Reason::AlreadyAnswered => lang.pick("het antwoord er al is", "the answer is already there"),
        Reason::PersonalData => lang.pick("er persoonlijke gegevens in staan", "it holds personal data"),
        Reason::Abusive => lang.pick("ze kwetsend is", "it is hurtful"),
        Reason::Advertising => lang.pick("ze reclame is", "it is advertising"),
        Reason::Other => lang.pick("er een andere reden is", "there is another reason"),
    }
}

/// The same reason as a short label: on buttons and in lists.
pub fn reason_label(lang: Language, reason: crate::Reason) -> &'static str {
    use crate::Reason;
    match reason {
        Reason::OffTopic => lang.pick("Niet over het onderwerp", "Off topic"),
        Reason::AlreadyAnswered => lang.pick("Al beantwoord", "Already answered"),
        Reason::PersonalData => lang.pick("Persoonlijke gegevens", "Personal data"),
        Reason::Abusive => lang.pick("Kwetsend", "Abusive"),
        Reason::Advertising => lang.pick("Reclame", "Advertising"),
        Reason::Other => lang.pick("Anders, namelijk", "Other, namely"),
    }
}
