//! A session in the middle of its evening, as a page gets it.

pub mod every_page;
pub mod markup;

use std::collections::BTreeMap;

use samenspraak_frontend::{
    Shell, Sort,
    pages::{AskForm, CitizenPage},
};
use shared::{
    Language, Moderation, Moment, Phase, QuestionId, Reason, Source, Status,
    views::{
        Account, Alderman, Answer, Counts, DeclinedFor, DeskCard, DeskSession, DeskView, Mine, MineCard, Paper,
        PublicCard, PublicSession, PublicView, Routed,
    },
};

pub fn at(time: &str) -> Moment {
    Moment(format!("2026-05-12T{time}:00+02:00"))
}

pub fn shell(lang: Language, path: &str) -> Shell {
    Shell {
        lang,
        now: at("14:12"),
        assets: "/assets/abc".to_owned(),
        path: path.to_owned(),
        public_url: "https://samen.example.nl".to_owned(),
    }
}

pub fn card(id: u64, text: &str, support: u32, asked: &str) -> PublicCard {
    PublicCard {
        id: QuestionId(id),
        text: text.to_owned(),
        name: None,
        source: Source::Web,
        link: None,
        topics: shared::topics(text).into_iter().filter(|topic| topic != "FietsFan010").collect(),
        asked_at: at(asked),
        status: Status::Shown,
        support,
        edited: false,
        lead: None,
        wordings: Vec::new(),
        answer: None,
    }
}

pub fn answer(text: &str, given: &str) -> Answer {
    Answer {
        text: text.to_owned(),
        spoken: false,
        by: "Judith Bokhove, wethouder Mobiliteit".to_owned(),
        at: at(given),
        corrected: false,
    }
}

pub fn session() -> PublicSession {
    PublicSession {
        hashtag: "FietsFan010".to_owned(),
        title: "Hoe maken we Rotterdam de fijnste fietsstad?".to_owned(),
        introduction: "Vanavond praat u met wethouder Judith Bokhove over fietsen in Rotterdam.\nStel uw vraag, en steun de vragen die u ook beantwoord wilt zien.".to_owned(),
        aldermen: vec![Alderman { name: "Judith Bokhove".to_owned(), office: "wethouder Mobiliteit".to_owned(), portrait: None }],
        phase: Phase::Live,
        opens: None,
        starts: Some(at("14:00")),
        ends: Some(at("15:30")),
        moderation: Moderation::Before,
        languages: vec![Language::Nl, Language::En],
        box_open: true,
        banner: None,
        on_stage: Some(QuestionId(1)),
        queue: vec![QuestionId(2), QuestionId(4)],
        counts: Counts { asked: 214, answered: 37, bundled: 61 },
    }
}

pub fn view() -> PublicView {
    let mut staged = card(
        1,
        "Wanneer wordt het fietspad langs de Maasboulevard breed genoeg voor scooters én kinderen?",
        412,
        "13:40",
    );
    staged.status = Status::OnStage;
    staged.wordings = (20..28).map(QuestionId).collect();
    staged.answer = Some(answer(
        "In het voorjaar. We maken het twee keer zo breed, en scooters gaan daar naar de rijbaan.\nVoor de zomer ziet u het eerste stuk, tot aan de Oude Plantage.",
        "14:11",
    ));
    let mut stalling =
        card(2, "Waarom is de fietsenstalling bij Centraal ’s ochtends altijd vol? #stalling", 287, "13:52");
    stalling.wordings = vec![QuestionId(10), QuestionId(11)];
    let mut first = card(10, "Komen er meer plekken om je fiets te zetten bij CS?", 3, "13:58");
    first.lead = Some(QuestionId(2));
    let mut second =
        card(11, "Ik sta elke ochtend te zoeken naar een plek in de stalling, wanneer wordt dat beter?", 9, "14:01");
    second.lead = Some(QuestionId(2));
    let mut hall = card(4, "Hoe fietst mijn dochter van acht veilig naar school in Charlois? #school", 164, "14:07");
    hall.source = Source::Hall;
    hall.name = Some("Fatima".to_owned());
    let mut answered = card(7, "Komen er fietslessen voor volwassenen in Delfshaven?", 77, "13:20");
    answered.status = Status::Answered;
    answered.answer = Some(Answer {
        spoken: true,
        ..answer("Ja, vanaf september, elke zaterdagochtend in het Huis van de Wijk.", "14:02")
    });
    let mut edited = card(
        8,
        "Fietspaden strooien voordat de autowegen gestrooid worden, kan dat niet gewoon? Ik ben dit jaar al twee keer gevallen op de Erasmusbrug. #winter #veiligheid",
        45,
        "14:03",
    );
    edited.edited = true;
    let cards = [
        staged,
        stalling,
        first,
        second,
        card(3, "Kunnen fietsers vaker groen krijgen bij regen?", 203, "14:05"),
        hall,
        card(5, "Wie ruimt de deelfietsen op die de stoep versperren?", 121, "13:59"),
        card(6, "متى ستصبح الطرق آمنة للأطفال؟ #school", 12, "14:08"),
        answered,
        edited,
        card(9, "Why is there no cycle path on the Vierambachtsstraat?", 1, "14:10"),
    ];
    PublicView {
        seq: 90,
        session: session(),
        questions: cards.into_iter().map(|card| (card.id, card)).collect::<BTreeMap<_, _>>(),
    }
}

pub fn mine() -> Mine {
    let card = |id, text: &str, status, place| MineCard {
        answer: None,
        id: QuestionId(id),
        text: text.to_owned(),
        asked_at: at("14:02"),
        status,
        edited: false,
        lead: None,
        lead_text: None,
        place,
        reason: None,
        note: None,
    };
    let mut bundled = card(10, "Komen er meer plekken om je fiets te zetten bij CS?", Status::Shown, Some(1));
    bundled.lead = Some(QuestionId(2));
    bundled.lead_text = Some("Waarom is de fietsenstalling bij Centraal ’s ochtends altijd vol?".to_owned());
    let mut declined = card(31, "Koop nu uw e-bike bij mij, 10% korting.", Status::Declined, None);
    declined.reason = Some(Reason::Advertising);
    declined.note = Some("Aanbiedingen horen hier niet. Een vraag over e-bikes mag wel.".to_owned());
    Mine {
        questions: vec![card(30, "Mogen bakfietsen op de pont?", Status::Waiting, None), bundled, declined],
        supports: vec![QuestionId(2), QuestionId(5)],
    }
}

pub fn citizen_page() -> CitizenPage {
    CitizenPage {
        view: view(),
        mine: mine(),
        sort: Sort::Supported,
        topic: None,
        search: None,
        form: AskForm::default(),
        arrived: None,
        near: String::new(),
        has_cookie: true,
    }
}

pub fn account() -> Account {
    Account {
        at: at("14:11"),
        asked: 214,
        shown: 190,
        bundled: 61,
        answered: 37,
        declined: vec![
            DeclinedFor { reason: Reason::OffTopic, questions: 7 },
            DeclinedFor { reason: Reason::Abusive, questions: 2 },
        ],
        withdrawn: 15,
        masked: 1,
        median_wait: Some(38),
    }
}

/// What lies at the desk of civil servants: one with all that can be, one late, one without a time.
pub fn desk() -> DeskView {
    let routed = |department: &str, due: Option<&str>| Routed {
        department: department.to_owned(),
        due: due.map(at),
        by: "Jana".to_owned(),
        at: at("14:05"),
    };
    let paper =
        |text: &str, ready| Paper { text: text.to_owned(), ready, by: "Sanne".to_owned(), at: at("14:10"), version: 3 };
    let card = |id, routed, briefing, proposal| DeskCard {
        card: view().questions[&QuestionId(id)].clone(),
        alderman: Some("Judith Bokhove".to_owned()),
        routed,
        briefing,
        proposal,
    };
    let cards = [
        card(
            2,
            Some(routed("Mobiliteit", Some("14:40"))),
            Some(paper("5.190 plekken, zie https://rotterdam.nl/stalling.", true)),
            Some(paper("In het najaar komen er 1.200 plekken bij.", false)),
        ),
        card(10, None, None, None),
        card(11, None, None, None),
        card(3, Some(routed("Mobiliteit", Some("14:00"))), None, None),
        card(4, Some(routed("Onderwijs", None)), None, None),
        card(7, Some(routed("Onderwijs", Some("14:00"))), None, None),
    ];
    DeskView {
        seq: 9,
        session: DeskSession { public: session() },
        questions: cards.into_iter().map(|card| (card.card.id, card)).collect(),
    }
}
