//! What about a subject a question is after, and for whom: where two questions differ in that, they are not the same.

/// What a text is after and for whom, as a set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Aspects(u16);

/// What is asked about a subject.
const ASKED: u16 = 0x00FF;
/// For whom.
const WHOM: u16 = 0x0F00;
/// Whether it is denied.
const NOT: u16 = 0x1000;

/// Dutch and English words, by the aspect that they bring.
const WORDS: [(u16, &[&str]); 13] = [
    (
        0x0001,
        &[
            "kost",
            "kosten",
            "betalen",
            "betaal",
            "betaalt",
            "gratis",
            "duur",
            "duurder",
            "goedkoop",
            "goedkoper",
            "prijs",
            "prijzen",
            "tarief",
            "tarieven",
            "euro",
            "bedrag",
            "korting",
            "verhoging",
            "onbetaalbaar",
            "hoofdprijs",
            "cost",
            "costs",
            "pay",
            "paid",
            "free",
            "expensive",
            "cheap",
            "cheaper",
            "price",
            "prices",
            "fee",
            "fees",
            "charge",
            "charges",
            "fare",
            "afford",
        ],
    ),
    (0x0002, &["wanneer", "datum", "planning", "termijn", "when", "date", "deadline"]),
    (0x0004, &["vol", "propvol", "overvol", "full", "overflowing", "crowded"]),
    (
        0x0008,
        &[
            "boete",
            "boetes",
            "beboeten",
            "bekeuring",
            "bekeuringen",
            "handhaving",
            "handhaven",
            "handhaaft",
            "controle",
            "controles",
            "controleren",
            "controleert",
            "boa",
            "boas",
            "fine",
            "fines",
            "fined",
            "enforce",
            "enforced",
            "enforcement",
            "wardens",
        ],
    ),
    (0x0010, &["subsidie", "bijdrage", "vergoeding", "lening", "subsidy", "grant", "grants", "loan"]),
    (0x0020, &["aanvragen", "aanmelden", "inschrijven", "wachtlijst", "apply", "application", "register", "waitlist"]),
    (0x0040, &["kapot", "stuk", "defect", "repareren", "gemaakt", "broken", "repair", "repaired", "fix", "fixed"]),
    (0x0080, &["weg", "verdwenen", "opgeheven", "gesloten", "sluit", "dicht", "removed", "closed", "gone"]),
    (0x0100, &["peuter", "peuters", "kleuter", "kleuters", "baby", "kleintjes", "toddler", "toddlers", "babies"]),
    (
        0x0200,
        &[
            "jongeren",
            "jeugd",
            "tieners",
            "tiener",
            "pubers",
            "puber",
            "hangjongeren",
            "teens",
            "teenager",
            "teenagers",
            "youth",
            "youngsters",
        ],
    ),
    (
        0x0400,
        &[
            "ouderen",
            "senioren",
            "bejaarden",
            "oudere",
            "seniorenwoning",
            "seniorenwoningen",
            "elderly",
            "seniors",
            "pensioners",
        ],
    ),
    (0x0800, &["studenten", "student", "students", "starters", "starter"]),
    (0x1000, &["niet", "geen", "nooit", "zonder", "not", "no", "never", "without"]),
];

impl Aspects {
    /// What a folded word brings.
    pub fn of(word: &str) -> Self {
        Self(WORDS.iter().filter(|(_, words)| words.contains(&word)).fold(0, |set, (aspect, _)| set | aspect))
    }

    /// What either brings.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether both ask about something, and not about the same.
    pub fn ask_other(self, other: Self) -> bool {
        self.differs(other, ASKED)
    }

    /// Whether both ask about the same.
    pub fn ask_same(self, other: Self) -> bool {
        self.0 & other.0 & ASKED != 0
    }

    /// Whether both are for somebody, and not for the same.
    pub fn for_others(self, other: Self) -> bool {
        self.differs(other, WHOM)
    }

    /// Whether one denies and the other does not.
    pub fn contradict(self, other: Self) -> bool {
        (self.0 ^ other.0) & NOT != 0
    }

    fn differs(self, other: Self, among: u16) -> bool {
        self.0 & among != 0 && other.0 & among != 0 && self.0 & other.0 & among == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Aspects {
        text.split(' ').map(Aspects::of).fold(Aspects::default(), Aspects::and)
    }

    #[test]
    fn tells_when_from_how_much_and_the_old_from_the_young_in_both_languages() {
        assert!(of("wanneer komt de stalling").ask_other(of("what does parking cost")));
        assert!(of("wanneer komt de stalling").ask_same(of("when will it open")));
        assert!(!of("komt de stalling").ask_other(of("wat kost de stalling")), "one asks nothing in particular");
        assert!(of("woningen voor ouderen").for_others(of("homes for students")));
        assert!(of("niet doen").contradict(of("doen")) && !of("niet doen").contradict(of("never do it")));
    }
}
