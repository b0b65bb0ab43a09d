//! What moderators did with what was asked: the public page of numbers.

use super::{Language, said::said, times};
use crate::{Moment, Reason, views::Account as Numbers};

/// The public account of moderation in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account(pub Language);

said! { Account {
    title: "Wat de moderatoren deden", "What the moderators did";
    intro: "Mensen lezen elke vraag. Hier staat in cijfers wat zij ermee deden. Woorden en namen staan hier niet.",
        "People read every question. Here is in numbers what they did with them. There are no words and no names.";
    nothing_yet: "Er is nog niets beoordeeld. Zodra dat wel zo is, staan de cijfers hier.",
        "Nothing has been dealt with yet. As soon as something is, the numbers are here.";
    numbers: "In cijfers", "In numbers";
    asked: "Gevraagd", "Asked";
    asked_means: "Wat nog wacht, telt niet mee.", "What still waits is not counted.";
    shown: "Getoond", "Shown";
    shown_means: "Nu voor iedereen te lezen.", "Now there for everybody to read.";
    bundled: "Gebundeld", "Bundled";
    bundled_means: "Getoond onder een vraag die hetzelfde vraagt.", "Shown under a question that asks the same.";
    answered: "Beantwoord", "Answered";
    answered_means: "Zelf, of samen met de vraag erboven.", "By itself, or with the question above it.";
    declined: "Afgewezen", "Declined";
    declined_means: "De vrager leest altijd waarom.", "Its asker always reads why.";
    withdrawn: "Ingetrokken", "Taken back";
    withdrawn_means: "Door wie het vroeg.", "By who asked it.";
    masked: "Afgedekt", "Masked";
    masked_means: "Getoond, met een blokje over bijvoorbeeld een telefoonnummer.", "Shown, with a block over for instance a telephone number.";
    wait: "Wachttijd", "Waiting time";
    wait_means: "Zo lang duurde het bij de middelste vraag tot er besloten was.", "So long it took for the middle question until it was decided.";
    reasons: "Waarom vragen zijn afgewezen", "Why questions were declined";
    none_declined: "Er is geen vraag afgewezen.", "No question was declined.";
    reason: "Reden", "Reason";
    questions: "Vragen", "Questions";
    may: "Wat moderatoren mogen", "What moderators may do";
    may_not: "Wat zij niet mogen", "What they may not do";
    foot: "Bent u het niet eens met een besluit? Onder “Mijn vragen” staat de reden. Stel uw vraag gerust opnieuw, in andere woorden.",
        "Do you disagree with a decision? Under “My questions” is the reason. Do ask your question again, in other words.";
    back: "Terug naar de vragen", "Back to the questions";
} }

impl Account {
    /// Since when the numbers stand.
    pub fn as_of(self, at: &Moment, now: &Moment) -> String {
        let when = times::when(self.0, at, now);
        self.0
            .pick(format!("Stand van {when}. Elke minuut bijgewerkt."), format!("As of {when}. Renewed every minute."))
    }

    /// What moderators may do, a sentence each.
    pub fn may_do(self) -> [&'static str; 4] {
        self.0.pick(
            [
                "Een vraag tonen, of afwijzen om een van de redenen hieronder.",
                "Vragen die hetzelfde vragen bij elkaar zetten. Niemands steun telt dan dubbel, en niemands steun gaat verloren.",
                "Een tikfout verbeteren of iets persoonlijks afdekken. Dat staat er dan zichtbaar bij.",
                "Kiezen welke vraag als volgende op het podium komt.",
            ],
            [
                "Show a question, or decline it for one of the reasons below.",
                "Put questions that ask the same together. Nobody’s support is then counted twice, and nobody’s is lost.",
                "Correct a slip of the pen or mask something personal. That is then visible beside it.",
                "Choose which question comes on stage next.",
            ],
        )
    }

    /// What moderators may not do, a sentence each.
    pub fn may_not_do(self) -> [&'static str; 4] {
        self.0.pick(
            [
                "Een vraag afwijzen omdat ze kritisch of lastig is.",
                "Een vraag afwijzen zonder een reden die de vrager kan lezen.",
                "Steun erbij doen of weghalen.",
                "Zien wie u bent. U doet anoniem mee.",
            ],
            [
                "Decline a question because it is critical or difficult.",
                "Decline a question without a reason that its asker can read.",
                "Add support or take it away.",
                "See who you are. You take part anonymously.",
            ],
        )
    }

    /// What a reason means, in a sentence.
    pub fn reason_means(self, reason: Reason) -> &'static str {
        match reason {
            Reason::OffTopic => self.0.pick(
                "De vraag gaat over iets anders dan deze sessie.",
                "The question is about something else than this session.",
            ),
            Reason::AlreadyAnswered => self.0.pick(
                "Het antwoord staat er al. De vrager krijgt de weg ernaartoe.",
                "The answer is there already. Its asker is shown the way to it.",
            ),
            Reason::PersonalData => self.0.pick(
                "Er staat iets in waaraan een mens te herkennen is.",
                "It holds something by which a person can be recognised.",
            ),
            Reason::Abusive => self.0.pick(
                "De vraag beledigt of bedreigt iemand. Scherpe kritiek is geen belediging.",
                "The question insults or threatens somebody. Sharp criticism is no insult.",
            ),
            Reason::Advertising => {
                self.0.pick("Er wordt iets verkocht of aangeprezen.", "Something is sold or advertised.")
            }
            Reason::Other => self.0.pick(
                "Een andere reden. De moderator schreef de vrager welke.",
                "Another reason. The moderator wrote to its asker which.",
            ),
        }
    }

    /// "38 seconden", "4 minuten": how long it took.
    pub fn duration(self, seconds: u64) -> String {
        if seconds < 120 {
            self.0.count(seconds, self.0.pick("seconde", "second"), self.0.pick("seconden", "seconds"))
        } else {
            times::countdown(self.0, i64::try_from(seconds).unwrap_or(i64::MAX / 1_000) * 1_000)
        }
    }

    /// On the wall, where how many were asked is told live: "190 getoond, 9 afgewezen, mediaan 38 s"; nothing before
    /// there is something to tell.
    pub fn line(self, numbers: &Numbers) -> Option<String> {
        if numbers.asked == 0 {
            return None;
        }
        let lang = self.0;
        let part = |n: u32, nl, en| format!("{} {}", lang.number(u64::from(n)), lang.pick(nl, en));
        let declined = numbers.declined.iter().map(|declined| declined.questions).sum();
        let mut parts = vec![part(numbers.shown, "getoond", "shown"), part(declined, "afgewezen", "declined")];
        if let Some(seconds) = numbers.median_wait {
            parts.push(format!("{} {}", lang.pick("mediaan", "median"), short(lang, seconds)));
        }
        Some(parts.join(", "))
    }
}

/// "38 s", "4 min", "2 u".
fn short(lang: Language, seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        _ => format!("{} {}", seconds / 3_600, lang.pick("u", "h")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::DeclinedFor;

    fn numbers() -> Numbers {
        Numbers {
            at: Moment("2026-05-12T14:12:00+02:00".into()),
            asked: 1_214,
            shown: 190,
            bundled: 61,
            answered: 37,
            declined: vec![
                DeclinedFor { reason: Reason::OffTopic, questions: 7 },
                DeclinedFor { reason: Reason::Abusive, questions: 2 },
            ],
            withdrawn: 3,
            masked: 1,
            median_wait: Some(38),
        }
    }

    #[test]
    fn the_wall_has_it_in_one_line() {
        let line = |lang, numbers: &Numbers| Account(lang).line(numbers);
        assert_eq!(line(Language::Nl, &numbers()).as_deref(), Some("190 getoond, 9 afgewezen, mediaan 38 s"));
        let slow = Numbers { median_wait: Some(300), ..numbers() };
        assert_eq!(line(Language::En, &slow).as_deref(), Some("190 shown, 9 declined, median 5 min"));
        assert_eq!(line(Language::Nl, &Numbers { asked: 0, ..numbers() }), None);
    }

    #[test]
    fn a_short_wait_is_told_in_seconds() {
        assert_eq!(Account(Language::Nl).duration(1), "1 seconde");
        assert_eq!(Account(Language::En).duration(240), "4 minutes");
    }
}
