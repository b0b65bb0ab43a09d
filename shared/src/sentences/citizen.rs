//! The citizen screen, and the page of one question.

use super::{Language, problems, said::said, times};
use crate::{
    Moderation, Moment, Phase, Status,
    views::{Answer, MineCard},
};

/// The citizen screen in a language.
#[derive(Debug, Clone, Copy)]
pub struct Citizen(pub Language);

said! { Citizen {
    about: "Over deze sessie", "About this session";
    who_answers: "Wie antwoordt er", "Who answers";
    now_on_stage: "Nu op het podium", "On stage now";
    answer: "Antwoord", "Answer";
    what_to_ask: "Wat wilt u vragen?", "What would you like to ask?";
    with_name: "Met uw naam erbij? Dat mag, het hoeft niet", "Add your name? You may, you need not";
    your_name: "Uw naam, zoals iedereen die ziet", "Your name, as everybody will see it";
    ask: "Stel de vraag", "Ask the question";
    asking: "Wordt verstuurd", "Sending";
    to_that_question: "Bekijk uw vraag", "See your question";
    my_questions: "Mijn vragen", "My questions";
    earlier_questions: "Eerdere vragen", "Earlier questions";
    arrived: "Uw vraag is aangekomen", "Your question arrived";
    bundled_with: "Gebundeld met", "Bundled with";
    moderators_note: "De moderatoren schrijven:", "The moderators write:";
    read_answer: "Lees het antwoord", "Read the answer";
    take_back: "Intrekken", "Take back";
    take_back_sure: "Niemand ziet uw vraag dan nog. U kunt dit niet terugdraaien.", "Nobody will see your question any more. This cannot be undone.";
    take_back_yes: "Ja, trek mijn vraag in", "Yes, take my question back";
    questions: "Vragen", "Questions";
    most_supported: "Meest gesteund", "Most supported";
    newest: "Nieuw", "New";
    answered: "Beantwoord", "Answered";
    order: "Volgorde van de vragen", "Order of the questions";
    search: "Zoek in de vragen", "Search the questions";
    search_go: "Zoek", "Search";
    topics: "Onderwerpen", "Topics";
    show_all: "Toon alles", "Show all";
    show_more: "Toon meer vragen", "Show more questions";
    none_yet: "Er staan nog geen vragen.", "There are no questions yet.";
    first_is_yours: "De eerste kan van u zijn.", "The first one could be yours.";
    none_answered: "Er is nog niets beantwoord. Antwoorden komen hier zodra ze gegeven zijn.", "Nothing has been answered yet. Answers appear here as soon as they are given.";
    no_longer_shown: "Deze vraag wordt niet meer getoond.", "This question is no longer shown.";
    see_question: "Bekijk deze vraag", "See this question";
    link_to_question: "link naar deze vraag", "link to this question";
    over: "Deze sessie is voorbij. Alles blijft hier te lezen.", "This session is over. Everything stays here to read.";
    box_closed_now: "Er kunnen nu even geen vragen bij. Lezen en steunen kan wel.", "No questions can be added just now. You can read and support.";
    ask_early: "U kunt uw vraag nu al stellen.", "You can ask your question already.";
    not_open_yet: "Vragen stellen kan nog niet.", "Asking has not opened yet.";
    anonymous: "U doet anoniem mee, zonder account. Eén cookie houdt uw vragen en uw steun bij elkaar.", "You take part anonymously, without an account. One cookie keeps your questions and your support together.";
    to_wall: "Naar de muur", "To the wall";
    all_sessions: "Alle sessies", "All sessions";
    said_aloud: "uitgesproken in de zaal", "said in the hall";
    follow_along: "Volg alle vragen", "Follow all questions";
    one_question: "Eén vraag", "One question";
    moderation_account: "Wat de moderatoren deden", "What the moderators did";
    near_title: "Is dit uw vraag? Steun die dan", "Is this your question? Then support it";
    near_arrived: "Lijkt uw vraag op een van deze?", "Is your question like one of these?";
    near_arrived_why: "Samen telt het zwaarder. U steunt die vraag dan, en uw eigen vraag wordt ingetrokken.", "Together it weighs more. You then support that question, and your own is taken back.";
    instead_of_mine: "Steun die in plaats van de mijne", "Support it instead of mine";
    support_this: "Steun deze vraag", "Support this question";
    supported_this: "U steunt deze vraag", "You support this question";
    near_nothing: "Er staat nog geen vraag die hierop lijkt.", "There is no question like this yet.";
    near_search: "Zoek vragen die hierop lijken", "Find questions like this";
    near_page: "Vragen die hierop lijken", "Questions like this";
    your_question: "Uw eigen vraag", "Your own question";
} }

impl Citizen {
    /// Under the box: how many characters still fit, or are too many.
    pub fn characters_left(self, length: usize, max: usize) -> String {
        let (one, other) = self.0.pick(("teken", "tekens"), ("character", "characters"));
        if length <= max {
            let left = self.0.count((max - length) as u64, one, other);
            self.0.pick(format!("nog {left}"), format!("{left} left"))
        } else {
            let over = self.0.count((length - max) as u64, one, other);
            self.0.pick(format!("{over} te veel"), format!("{over} too many"))
        }
    }

    /// After asking: what happens next.
    pub fn what_happens_next(self, moderation: Moderation) -> &'static str {
        match moderation {
            Moderation::Before => self.0.pick(
                "De moderatoren lezen uw vraag eerst. Bij “Mijn vragen” ziet u wat ermee gebeurt.",
                "The moderators read your question first. Under “My questions” you see what happens to it.",
            ),
            Moderation::After => self.0.pick(
                "Uw vraag staat nu in de lijst. Bij “Mijn vragen” ziet u wat ermee gebeurt.",
                "Your question is in the list now. Under “My questions” you see what happens to it.",
            ),
        }
    }

    /// Where one's own question stands, in a sentence.
    pub fn standing(self, card: &MineCard) -> String {
        let lang = self.0;
        match card.status {
            Status::Waiting => lang
                .pick(
                    "Aangekomen. De moderatoren lezen uw vraag.",
                    "Arrived. The moderators are reading your question.",
                )
                .into(),
            Status::Shown => match card.place {
                Some(place) => self.in_the_queue(place),
                None => lang
                    .pick(
                        "Getoond. Anderen kunnen uw vraag nu steunen.",
                        "Shown. Others can support your question now.",
                    )
                    .into(),
            },
            Status::OnStage => lang.pick("Nu op het podium.", "On stage now.").into(),
            Status::Answered => lang.pick("Beantwoord.", "Answered.").into(),
            Status::Declined => self.declined(card.reason),
            Status::Withdrawn => lang.pick("U hebt deze vraag ingetrokken.", "You took this question back.").into(),
        }
    }

    /// Why a question is not shown.
    pub fn declined(self, reason: Option<crate::Reason>) -> String {
        match reason {
            Some(reason) => {
                let why = problems::reason(self.0, reason);
                self.0.pick(format!("Niet getoond, omdat {why}."), format!("Not shown, because {why}."))
            }
            None => self.0.pick("Niet getoond.", "Not shown.").into(),
        }
    }

    /// How far one's question is, for those who do not see the bar.
    pub fn step(self, step: u32, steps: u32) -> String {
        self.0.pick(format!("stap {step} van {steps}"), format!("step {step} of {steps}"))
    }

    /// For the status line: one's own question moved on.
    pub fn mine_changed(self, card: &MineCard) -> String {
        let standing = self.standing(card);
        self.0.pick(format!("Uw vraag: {standing}"), format!("Your question: {standing}"))
    }

    /// For the status line: a question came on stage.
    pub fn came_on_stage(self, text: &str) -> String {
        format!("{}: {text}", self.now_on_stage())
    }

    /// For the status line: the question on stage got its answer.
    pub fn got_answer(self) -> &'static str {
        self.0.pick("Het antwoord op de vraag op het podium is er.", "The question on stage has been answered.")
    }

    /// On the button that brings in what came while somebody was reading.
    pub fn new_questions(self, n: usize) -> String {
        self.0.count(
            n as u64,
            self.0.pick("nieuwe vraag", "new question"),
            self.0.pick("nieuwe vragen", "new questions"),
        )
    }

    /// Above the list: how much of it there is.
    pub fn how_many(self, shown: usize, all: usize) -> String {
        let of_all = self.0.count(all as u64, self.0.pick("vraag", "question"), self.0.pick("vragen", "questions"));
        if shown >= all {
            of_all
        } else {
            let shown = self.0.number(shown as u64);
            self.0.pick(format!("De eerste {shown} van {of_all}"), format!("The first {shown} of {of_all}"))
        }
    }

    /// When a search found nothing.
    pub fn nothing_found(self, search: &str) -> String {
        self.0.pick(format!("Niets gevonden voor “{search}”."), format!("Nothing found for “{search}”."))
    }

    /// A place in the queue, on a card: "3e in de rij".
    pub fn place(self, place: usize) -> String {
        self.0.pick(format!("{place}e in de rij"), format!("number {place} in the queue"))
    }

    /// Beside an answer: who gave it, how and when.
    pub fn answered_by(self, answer: &Answer, now: &Moment) -> String {
        let mut facts = vec![answer.by.clone(), times::stamp(self.0, &answer.at, now)];
        if answer.spoken {
            facts.push(self.said_aloud().to_owned());
        }
        if answer.corrected {
            facts.push(super::common::corrected(self.0).to_owned());
        }
        facts.retain(|fact| !fact.is_empty());
        facts.join(", ")
    }

    /// Before something opens: "Vragen stellen kan over 2 dagen en 3 uur".
    pub fn opens_in(self, millis: i64) -> String {
        let wait = times::countdown(self.0, millis);
        self.0.pick(format!("Vragen stellen kan over {wait}"), format!("You can ask in {wait}"))
    }

    /// Before it goes live: "Het gesprek begint over 2 uur".
    pub fn starts_in(self, millis: i64) -> String {
        let wait = times::countdown(self.0, millis);
        self.0.pick(format!("Het gesprek begint over {wait}"), format!("The conversation starts in {wait}"))
    }

    /// Of the window: the hashtag and what it is about.
    pub fn window_title(self, hashtag: &str, title: &str) -> String {
        format!("{title} #{hashtag}")
    }

    /// For a session without an introduction, where a link to it is shown.
    pub fn invitation(self, phase: Phase) -> &'static str {
        match phase {
            Phase::Announced | Phase::Open | Phase::Live => {
                self.0.pick("Stel uw vraag en steun die van anderen.", "Ask your question and support those of others.")
            }
            Phase::Closed | Phase::Archived => {
                self.0.pick("Lees wat er gevraagd en beantwoord is.", "Read what was asked and answered.")
            }
        }
    }

    fn in_the_queue(self, place: u32) -> String {
        let nl = [
            "Als eerste aan de beurt.",
            "Tweede in de rij.",
            "Derde in de rij.",
            "Vierde in de rij.",
            "Vijfde in de rij.",
        ];
        let en = [
            "Next in line.",
            "Second in the queue.",
            "Third in the queue.",
            "Fourth in the queue.",
            "Fifth in the queue.",
        ];
        let index = usize::try_from(place).unwrap_or(usize::MAX).saturating_sub(1);
        match self.0.pick(nl, en).get(index) {
            Some(words) => (*words).to_owned(),
            None => self.0.pick(format!("Nummer {place} in de rij."), format!("Number {place} in the queue.")),
        }
    }
}
