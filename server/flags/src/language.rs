//! In which language a text seems to be.

use whatlang::{Detector, Lang};

/// Fewer letters than this say too little.
const LEAST_LETTERS: usize = 12;
/// How sure the guess must be, from 0 to 1.
const SURE: f64 = 0.5;

/// What is spoken in Dutch cities, with its code of two letters (ISO 639-1). Fewer languages make fewer mistakes in
/// short texts; close relatives of Dutch and of each other are left out.
const SPOKEN: &[(Lang, &str)] = &[
    (Lang::Nld, "nl"),
    (Lang::Eng, "en"),
    (Lang::Deu, "de"),
    (Lang::Fra, "fr"),
    (Lang::Spa, "es"),
    (Lang::Por, "pt"),
    (Lang::Ita, "it"),
    (Lang::Pol, "pl"),
    (Lang::Tur, "tr"),
    (Lang::Ron, "ro"),
    (Lang::Ara, "ar"),
    (Lang::Bul, "bg"),
    (Lang::Rus, "ru"),
    (Lang::Ukr, "uk"),
    (Lang::Ell, "el"),
    (Lang::Heb, "he"),
    (Lang::Hin, "hi"),
    (Lang::Cmn, "zh"),
    (Lang::Jpn, "ja"),
    (Lang::Kor, "ko"),
];

/// Letters with which Persian, Kurdish and Urdu are written, and Arabic is not: which of them it is cannot be told.
const NOT_ARABIC: [char; 7] = ['پ', 'چ', 'ژ', 'گ', 'ک', 'ی', 'ە'];

/// The language a text seems to be in, as its code of two small letters (ISO 639-1); `None` when it is too
/// short or could be several. Hashtags, mentions and links are not looked at.
pub fn language(text: &str) -> Option<&'static str> {
    let words: Vec<&str> = text
        .split_whitespace()
        .filter(|word| !word.starts_with(['#', '@']) && !word.contains("://") && !word.starts_with("www."))
        .collect();
    let words = words.join(" ");
    if words.chars().filter(|c| c.is_alphabetic()).count() < LEAST_LETTERS && words.is_ascii() {
        return None;
    }
    let info = Detector::with_allowlist(SPOKEN.iter().map(|(language, _)| *language).collect()).detect(&words)?;
    let (_, code) = SPOKEN.iter().find(|(language, _)| *language == info.lang())?;
    let doubtful = info.lang() == Lang::Ara && words.contains(NOT_ARABIC);
    (info.confidence() >= SURE && !doubtful).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_languages_of_a_city_are_told_apart() {
        for (code, text) in [
            ("nl", "Wanneer komt er een grotere fietsenstalling bij het station?"),
            ("en", "When will there be more room for bicycles at the station?"),
            ("tr", "İstasyonun yanındaki bisiklet parkı ne zaman açılacak?"),
            ("ar", "متى سيتم افتتاح موقف الدراجات الجديد؟"),
            ("pl", "Kiedy zostanie otwarty nowy parking dla rowerów przy dworcu?"),
            ("de", "Wann wird der neue Fahrradparkplatz am Bahnhof eröffnet?"),
            ("fr", "Quand ouvrira le nouveau parking à vélos près de la gare ?"),
            ("uk", "Коли відкриється нова велосипедна стоянка біля вокзалу?"),
        ] {
            assert_eq!(language(text), Some(code), "{text}");
        }
    }

    #[test]
    fn too_little_says_nothing() {
        for text in [
            "",
            "ok",
            "#FietsFan010",
            "12345",
            "🚲🚲🚲",
            "https://voorbeeld.nl/een/lange/weg",
            "پارکینگ جدید دوچرخه کی باز می‌شود؟",
        ] {
            assert_eq!(language(text), None, "{text}");
        }
    }
}
