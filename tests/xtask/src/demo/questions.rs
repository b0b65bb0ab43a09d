//! What the simulated people say: questions on cycling in Rotterdam, by what they mean, and what
//! the simulated alderman answers. People, promises and figures are made up.

use std::{collections::BTreeMap, sync::LazyLock};

use shared::{Reason, words};

/// Questions that mean the same, which moderators bundle.
pub struct Theme {
    /// In the words of different people.
    pub questions: &'static [&'static str],
    /// What the alderman says; without it, the question waits for a human.
    pub answer: Option<Answer>,
}

/// An answer of the simulated alderman.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    /// The words.
    pub text: &'static str,
    /// Whether the words only sum up what was said aloud.
    pub spoken: bool,
}

/// A question that is not for the wall.
#[derive(Debug)]
pub struct Unfit {
    /// The words.
    pub question: &'static str,
    /// Why not.
    pub reason: Reason,
    /// What the moderator notes for the asker.
    pub note: Option<&'static str>,
}

/// What the simulated moderator does with a question.
#[derive(Debug, Clone, Copy)]
pub enum Fate {
    /// Shown, and bundled with others of the theme, which is a place in [`THEMES`].
    Shown(usize),
    /// Declined.
    Declined(&'static Unfit),
}

/// What the script has in mind for a question, told by its words; nothing for what real people ask
/// and for what is left to them.
pub fn fate(text: &str) -> Option<Fate> {
    static SCRIPT: LazyLock<BTreeMap<String, Fate>> = LazyLock::new(script);
    SCRIPT.get(&words::same_words_key(text)).copied()
}

fn script() -> BTreeMap<String, Fate> {
    let shown = THEMES.iter().enumerate().flat_map(|(place, theme)| {
        theme.questions.iter().map(move |question| (words::same_words_key(question), Fate::Shown(place)))
    });
    let declined = UNFIT.iter().map(|unfit| (words::same_words_key(unfit.question), Fate::Declined(unfit)));
    shown.chain(declined).collect()
}

/// Every question, the first one first.
pub fn all() -> Vec<&'static str> {
    let themes = THEMES.iter().flat_map(|theme| theme.questions);
    let unfit = UNFIT.iter().map(|unfit| &unfit.question);
    themes.chain(unfit).chain(LEFT).copied().collect()
}

const fn typed(text: &'static str) -> Answer {
    Answer { text, spoken: false }
}

const fn aloud(text: &'static str) -> Answer {
    Answer { text, spoken: true }
}

/// What people want to know.
pub const THEMES: &[Theme] = &[
    Theme {
        questions: &[
            "Waarom is de fietsenstalling onder Rotterdam Centraal elke ochtend om half negen al vol? #stalling",
            "De stalling bij Centraal zit altijd vol als ik naar mijn werk moet. Wanneer komt er meer plek?",
            "Full bike parking at Centraal again this morning. Will there be more spaces? #stalling",
            "kunnen jullie aub extra rekken neerzetten bij het station, ik moet elke dag zoeken 🚲🚲🚲",
        ],
        answer: Some(typed(
            "U heeft gelijk, het is daar te vol. Een op de acht plekken wordt bezet door fietsen die langer dan vier weken \
             stilstaan. Vanaf september halen we die elke week weg, dat geeft ongeveer 600 plekken terug. Daarnaast komen \
             er voor de winter 800 plekken bij aan de kant van het Weena.",
        )),
    },
    Theme {
        questions: &[
            "Durft u zelf met een kind achterop over het kruispunt bij het Hofplein? Ik niet. Wat gaat u eraan doen? #veilig",
            "Het Hofplein is levensgevaarlijk voor fietsers. Wanneer wordt dat eindelijk aangepakt?",
            "When will Hofplein become safe to cross by bike? My daughter is eight and I make her walk.",
        ],
        answer: Some(typed(
            "Ik fiets er elke week en ik begrijp u goed. Het plein gaat op de schop en krijgt gescheiden fietspaden. Zo lang \
             wachten we niet: dit najaar krijgen fietsers bij de drukste oversteek een eigen groen licht, los van de auto's \
             die rechtsaf slaan.",
        )),
    },
    Theme {
        questions: &[
            "Gaat u iets doen aan fatbikes die 40 rijden op het fietspad langs de Maasboulevard? #fatbikes",
            "Mijn moeder van 78 durft niet meer te fietsen door de fatbikes. Wordt er ooit gecontroleerd?",
            "Opgevoerde fatbikes!! elke avond racen ze hier over de Beijerlandselaan, wie handhaaft dat? 😡 #fatbikes #Zuid",
        ],
        answer: Some(aloud(
            "De politie en onze handhavers controleren sinds dit voorjaar elke week met een rollenbank, op wisselende plekken. \
             De Maasboulevard en de Beijerlandselaan staan op de lijst voor de komende maand. Een leeftijdsgrens en een \
             helmplicht kan alleen Den Haag invoeren; daar dring ik op aan.",
        )),
    },
    Theme {
        questions: &[
            "Waarom worden de fietspaden op Zuid niet gestrooid en in het centrum wel? #Zuid #winter",
            "Afgelopen winter ben ik gevallen op de Dordtselaan, spiegelglad. In het centrum was alles schoon. Hoe kan dat?",
        ],
        answer: Some(typed(
            "Dat verschil mag er niet zijn. We strooien eerst de doorgaande routes, en daarvan lagen er te weinig op Zuid. \
             Komende winter staan de Dordtselaan, de Strevelsweg en de Groene Hilledijk in de eerste ronde.",
        )),
    },
    Theme {
        questions: &[
            "Kan het licht voor fietsers op de Coolsingel vaker op groen? Ik sta soms vier keer stil. #Coolsingel",
            "Why do cyclists wait longer than cars at almost every crossing in the centre?",
            "Komen er regensensoren bij de stoplichten zodat fietsers bij regen eerder groen krijgen? 🌧️",
        ],
        answer: Some(typed(
            "Op twintig kruispunten krijgen fietsers dit jaar twee keer per ronde groen in plaats van een keer. De \
             regensensoren werken goed waar we ze hebben; ze komen er op de route van Noord naar het centrum bij.",
        )),
    },
    Theme {
        questions: &[
            "Wanneer zijn de roltrappen in de Maastunnel weer betrouwbaar? Met een bakfiets kom je er niet. #Maastunnel",
            "Is er een plan voor mensen met een bakfiets of een handbike in de Maastunnel? De lift is vaak stuk. #Maastunnel",
        ],
        answer: Some(typed(
            "De tunnel is een monument en dat maakt het lastig, maar een lift die stuk is, is gewoon stuk. Er ligt een nieuw \
             contract: bij een storing is er binnen vier uur iemand, en op de borden boven leest u of de lift werkt.",
        )),
    },
    Theme {
        questions: &[
            "Mijn fiets is dit jaar twee keer gestolen bij de Markthal. Komt er bewaakte stalling? #diefstal",
            "Bike theft around Blaak is terrible. Any chance of a guarded bike park near the market? #diefstal",
            "Wat doet de gemeente tegen fietsendieven bij Blaak en de Markthal",
        ],
        answer: Some(typed(
            "In de garage onder de Markthal maken we voor de zomer 400 gratis bewaakte plekken, ook voor bakfietsen. De \
             eerste vierentwintig uur kost niets.",
        )),
    },
    Theme {
        questions: &[
            "Voor welke scholen komt er dit jaar een schoolstraat zonder auto's? Bij ons op de Mathenesserlaan is het elke ochtend chaos. #school",
            "Kan de straat voor de basisschool dicht voor auto's tussen 8.15 en 8.45 uur? #school",
        ],
        answer: Some(aloud(
            "Dit schooljaar doen twaalf scholen mee, volgend jaar nog eens vijftien. Een school kan zich met de ouders \
             samen aanmelden; twee vrijwilligers bij het hek is genoeg om te beginnen.",
        )),
    },
    Theme {
        questions: &[
            "Kunnen de deelscooters weg van de stoep en van de fietsnietjes? Met een rolstoel kom je er niet langs. #deelvervoer",
            "Shared scooters block the bike racks in Katendrecht every weekend. Who is responsible? #deelvervoer",
        ],
        answer: Some(typed(
            "Vanaf januari kan een deelscooter alleen nog in een parkeervak worden afgesloten. Staat hij ernaast, dan loopt de \
             rit van de huurder door. Dat werkt: in de proef in Kralingen stond negen van de tien goed.",
        )),
    },
    Theme {
        questions: &[
            "Is the cycle path over the Erasmusbrug going to be widened? Tourists, runners and cargo bikes all share two metres.",
            "Het fietspad op de Erasmusbrug is te smal voor hoe druk het nu is. Wordt dat breder?",
        ],
        answer: Some(typed(
            "The bridge itself cannot carry a wider path. What we can do is separate the two directions: from next spring \
             there will be one-way paths on both sides, and walkers get the west side to themselves.",
        )),
    },
    Theme {
        questions: &[
            "Ik wil graag leren fietsen, ik ben 52 en woon in Delfshaven. Zijn er lessen voor volwassenen? #fietsles",
            "هل توجد دروس مجانية لتعليم ركوب الدراجات للنساء في روتردام؟ #fietsles",
        ],
        answer: Some(typed(
            "Wat goed dat u dat wilt. In elk gebied zijn er lessen voor volwassenen, ook groepen alleen voor vrouwen, voor 25 \
             euro en met een Rotterdampas gratis. Een fiets hoeft u niet mee te nemen. Kijk bij het Huis van de Wijk.",
        )),
    },
    Theme {
        questions: &[
            "De verlichting langs de Rotte tussen het Noorderkanaal en de Bergse Plas is al maanden stuk. Ik voel me daar 's avonds niet veilig. #verlichting",
            "Can the path along the Rotte get lights that work? After dark I take the long way round.",
        ],
        answer: Some(typed(
            "De kabel is daar op drie plekken beschadigd. Die wordt in oktober vervangen, en de nieuwe lampen gaan feller \
             branden als er iemand aankomt, zodat het voor de vleermuizen donker blijft als er niemand is.",
        )),
    },
    Theme {
        questions: &[
            "Hoeveel van het budget voor mobiliteit gaat naar de fiets en hoeveel naar de auto?",
            "What share of the transport budget goes to cycling?",
        ],
        answer: None,
    },
    Theme {
        questions: &[
            "Waarom hebben we in Rotterdam nog 50 op de 's-Gravendijkwal terwijl daar zo veel mensen wonen en fietsen? #30kmh",
        ],
        answer: None,
    },
    Theme {
        questions: &[
            "Komt er een doorfietsroute van Hoek van Holland naar het centrum die niet telkens ophoudt? #snelfietsroute",
        ],
        answer: None,
    },
    Theme {
        questions: &[
            "Ik ben slechtziend. Elektrische fietsen en scooters hoor ik niet aankomen op de gedeelde stukken rond het Zuidplein. Wie heeft daar voorrang en hoe weet ik waar het fietspad begint?",
        ],
        answer: None,
    },
    Theme {
        questions: &[
            "Waarom moet ik als fietser op de Statenweg drie keer oversteken om rechtdoor te gaan? Wie heeft dat bedacht 😅",
        ],
        answer: None,
    },
    Theme {
        questions: &[
            "Op de West-Kruiskade staan elke dag busjes te laden op het fietspad. Kan dat niet op vaste tijden? #laden",
            "Bezorgbusjes op het fietspad West-Kruiskade: kunnen daar paaltjes of een camera komen?",
        ],
        answer: None,
    },
    Theme {
        questions: &[
            "Is er al iets bekend over de fietsbrug bij Feijenoord? In de krant stond 2030, op de avond in de buurt werd 2034 gezegd. #oeververbinding",
        ],
        answer: None,
    },
    Theme {
        questions: &[
            "Ik werk in de haven en begin om 6 uur. De laatste twee kilometer naar de Waalhaven zijn zonder fietspad, tussen vrachtwagens van veertig ton, in het donker, bij elk weer. Vorig jaar zijn er op dat stuk drie collega's aangereden. Wij hebben met het hele team een brief gestuurd, met foto's en met een tekening hoe het volgens ons wel kan. We kregen een brief terug dat het niet uw weg is maar die van het Havenbedrijf. Wie gaat er nu met wie praten, en mogen wij daarbij zijn?",
        ],
        answer: None,
    },
    Theme { questions: &["Kunnen OV-fietsen ook bij metro Slinge en Zuidplein komen te staan? #Zuid"], answer: None },
    Theme {
        questions: &[
            "Waarom wordt asfalt op fietspaden vervangen door tegels? Dat rammelt en wordt door boomwortels een achtbaan 🌳",
        ],
        answer: None,
    },
    Theme {
        questions: &[
            "Are there plans to help low-income families with a cargo bike? They cost more than my first car did.",
        ],
        answer: None,
    },
    Theme {
        questions: &[
            "Mag ik van u een tip voor een mooie fietsroute van 30 kilometer met zo min mogelijk stoplichten? ☀️🚴‍♀️",
        ],
        answer: None,
    },
    Theme {
        questions: &[
            "Wat vindt u van een autovrije zondag, elke eerste zondag van de maand, op de Coolsingel? #Coolsingel",
        ],
        answer: None,
    },
    Theme {
        questions: &[
            "Bij Kralingse Zoom staan honderden weesfietsen. Kunnen die naar mensen die geen fiets kunnen betalen?",
        ],
        answer: None,
    },
    Theme {
        questions: &[
            "How do I report a hole in a cycle path so that somebody really fixes it? I tried the app three times.",
        ],
        answer: None,
    },
    Theme { questions: &["Afrikaanderwijk'te bisiklet yolu ne zaman yenilenecek? #Zuid"], answer: None },
    Theme {
        questions: &["De Heemraadssingel is een fietsstraat maar auto's halen me in met 50. Komen er drempels? #30kmh"],
        answer: None,
    },
    Theme { questions: &["Waarom eindigt het fietspad in Nesselande precies bij de gemeentegrens?"], answer: None },
    Theme {
        questions: &[
            "kan er een pompstation voor banden bij elke grote stalling? kost bijna niks en scheelt zoveel gedoe #stalling",
        ],
        answer: None,
    },
    Theme {
        questions: &[
            "Worden kinderen zelf gevraagd hoe hun route naar school veiliger kan? Mijn zoon (10) heeft zeven goede ideeën.",
        ],
        answer: None,
    },
];

/// What a moderator has to decline.
pub const UNFIT: &[Unfit] = &[
    Unfit {
        question: "Wanneer ga je eindelijk eens wat doen, slome zakkenvuller met je dienstauto?!",
        reason: Reason::Abusive,
        note: None,
    },
    Unfit {
        question: "Mijn buurman Kees parkeert elke dag op het fietspad, bel hem maar eens wakker: 06 00 00 00 00",
        reason: Reason::PersonalData,
        note: Some("Stel de vraag gerust opnieuw zonder de naam en het nummer van uw buurman."),
    },
    Unfit {
        question: "Fietskapot.example: binnen 24 uur gerepareerd aan huis, nu 20% korting met code FIETSFAN",
        reason: Reason::Advertising,
        note: None,
    },
    Unfit { question: "Wordt Feyenoord dit jaar kampioen denkt u?", reason: Reason::OffTopic, note: None },
    Unfit { question: "you people are all idiots, go back to your village", reason: Reason::Abusive, note: None },
];

/// What the simulated moderator leaves at the desk for whoever sits down there.
pub const LEFT: &[&str] = &[
    "Wanneer gaat het bushokje weg dat op de Schiekade midden op het fietspad staat?",
    "Is het waar dat de gratis stallingen betaald worden? Dat hoorde ik van iemand die bij de gemeente werkt.",
    "Could you please put the plans online in English too, before the deadline for comments?",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_question_is_one_and_is_told_apart_by_its_words() {
        let all = all();
        let keys: BTreeSet<_> = all.iter().map(|question| words::same_words_key(question)).collect();
        assert_eq!(keys.len(), all.len());
        for question in &all {
            assert_eq!(words::question(question).as_deref(), Ok(*question), "changed by cleaning");
        }
        assert!((50..=70).contains(&all.len()), "{}", all.len());
    }

    #[test]
    fn answers_fit_and_there_are_a_dozen() {
        let answers: Vec<_> = THEMES.iter().filter_map(|theme| theme.answer).collect();
        assert_eq!(answers.len(), 12);
        for answer in answers {
            assert_eq!(words::required(answer.text, words::MAX_ANSWER).as_deref(), Ok(answer.text));
        }
    }

    #[test]
    fn the_script_knows_its_own_and_leaves_the_rest() {
        assert!(matches!(fate(THEMES[3].questions[1]), Some(Fate::Shown(3))));
        assert!(matches!(fate(UNFIT[1].question), Some(Fate::Declined(unfit)) if unfit.reason == Reason::PersonalData));
        assert!(fate(LEFT[0]).is_none());
        assert!(fate("Mag mijn hond mee in de bakfiets?").is_none());
    }
}
