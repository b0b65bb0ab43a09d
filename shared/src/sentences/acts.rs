//! What colleagues did, as a sentence: "JV toonde een vraag".

use super::Language;
use crate::Act;

/// Who did what, without a full stop.
pub fn sentence(lang: Language, act: Act, by: &str) -> String {
    let did = match act {
        Act::Approved => lang.pick("toonde een vraag", "showed a question"),
        Act::Declined => lang.pick("wees een vraag af", "declined a question"),
        Act::Restored => lang.pick("haalde een afgewezen vraag terug", "brought back a declined question"),
        Act::Edited => lang.pick("paste de woorden van een vraag aan", "changed the words of a question"),
        Act::Bundled => lang.pick("bundelde een vraag", "bundled a question"),
        Act::Unbundled => lang.pick("maakte een vraag los uit een bundel", "took a question out of a bundle"),
        Act::Queued => lang.pick("veranderde de rij", "changed the queue"),
        Act::Staged => lang.pick("zette een vraag op het podium", "put a question on stage"),
        Act::Unstaged => lang.pick("haalde een vraag van het podium", "took a question off stage"),
        Act::Answered => lang.pick("gaf een antwoord", "gave an answer"),
        Act::Entered => lang.pick("voerde een vraag uit de zaal in", "entered a question from the hall"),
        Act::Bannered => lang.pick("veranderde de mededeling", "changed the announcement"),
        Act::OpenedBox => lang.pick("opende de vragenbus", "opened the question box"),
        Act::ClosedBox => lang.pick("sloot de vragenbus", "closed the question box"),
        Act::Led => {
            lang.pick("maakte een vraag de hoofdvraag van haar bundel", "made a question the lead of its bundle")
        }
        Act::Masked => lang.pick("dekte iets af in een vraag", "masked something in a question"),
        Act::Labelled => lang.pick("veranderde een label", "changed a label"),
        Act::Parted => lang.pick("hield vragen uit elkaar", "kept questions apart"),
        Act::Assigned => lang.pick("wees een vraag toe aan een bestuurder", "assigned a question to an alderman"),
        Act::Routed => lang.pick("stuurde een vraag naar een dienst", "sent a question to a department"),
        Act::Revised => {
            lang.pick("besliste over nieuwe woorden van een schrijver", "decided about new words of an author")
        }
        Act::Told => lang.pick("besliste of een schrijver bericht krijgt", "decided whether an author is told"),
        Act::Announced => lang.pick("stuurde een aankondiging", "sent an announcement"),
        Act::MovedPhase => lang.pick("zette de sessie in een andere fase", "moved the session to another phase"),
    };
    format!("{by} {did}")
}
