//! Times in words people use.

use super::Language;
use crate::Moment;

const MONTHS_NL: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS_NL: [&str; 7] = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];
const DAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// "14.09 uur", "14:09".
pub fn clock(lang: Language, moment: &Moment) -> String {
    let (hour, minute) = moment.hour_minute();
    lang.pick(format!("{hour}.{minute:02} uur"), format!("{hour}:{minute:02}"))
}

/// "14.09", "14:09": beside other short facts.
pub fn short_clock(lang: Language, moment: &Moment) -> String {
    let (hour, minute) = moment.hour_minute();
    lang.pick(format!("{hour}.{minute:02}"), format!("{hour}:{minute:02}"))
}

/// "dinsdag 12 mei", with the year when it is another year than `now`'s.
pub fn day(lang: Language, moment: &Moment, now: &Moment) -> String {
    let (year, month, day) = moment.date();
    let months = lang.pick(MONTHS_NL, MONTHS_EN);
    let days = lang.pick(DAYS_NL, DAYS_EN);
    let month = months[usize::from(month.clamp(1, 12)) - 1];
    let weekday = days[usize::from(moment.weekday())];
    let year = if year == now.date().0 { String::new() } else { format!(" {year}") };
    format!("{weekday} {day} {month}{year}")
}

/// "vandaag om 14.09 uur", "gisteren om ...", "dinsdag 12 mei om ...".
pub fn when(lang: Language, moment: &Moment, now: &Moment) -> String {
    let clock = clock(lang, moment);
    let at = lang.pick("om", "at");
    match moment.days_after(now) {
        0 => format!("{} {at} {clock}", lang.pick("vandaag", "today")),
        1 => format!("{} {at} {clock}", lang.pick("morgen", "tomorrow")),
        -1 => format!("{} {at} {clock}", lang.pick("gisteren", "yesterday")),
        _ => format!("{} {at} {clock}", day(lang, moment, now)),
    }
}

/// Just the clock for today, the day and the clock for other days: on cards.
pub fn stamp(lang: Language, moment: &Moment, now: &Moment) -> String {
    if moment.days_after(now) == 0 { clock(lang, moment) } else { when(lang, moment, now) }
}

/// "2 dagen en 3 uur", "4 minuten", "nog even": how long until then, in two units at most.
pub fn countdown(lang: Language, millis: i64) -> String {
    let minutes = u64::try_from(millis).unwrap_or(0).div_ceil(60_000);
    let (days, hours, mins) = (minutes / 1_440, minutes / 60 % 24, minutes % 60);
    let days_words = || lang.count(days, lang.pick("dag", "day"), lang.pick("dagen", "days"));
    let hours_words = || lang.count(hours, lang.pick("uur", "hour"), lang.pick("uur", "hours"));
    let mins_words = || lang.count(mins, lang.pick("minuut", "minute"), lang.pick("minuten", "minutes"));
    let and = lang.pick("en", "and");
    match (days, hours, mins) {
        (0, 0, 0) => lang.pick("een ogenblik", "a moment").to_owned(),
        (0, 0, _) => mins_words(),
        (0, _, 0) => hours_words(),
        (0, _, _) => format!("{} {and} {}", hours_words(), mins_words()),
        (_, 0, _) => days_words(),
        (_, _, _) => format!("{} {and} {}", days_words(), hours_words()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_say_today_and_yesterday() {
        let now = Moment("2026-05-12T20:00:00+02:00".into());
        let at = |text: &str| Moment(text.into());
        assert_eq!(when(Language::Nl, &at("2026-05-12T14:09:00+02:00"), &now), "vandaag om 14.09 uur");
        assert_eq!(when(Language::En, &at("2026-05-11T09:05:00+02:00"), &now), "yesterday at 9:05");
        assert_eq!(when(Language::Nl, &at("2025-01-01T09:05:00+01:00"), &now), "woensdag 1 januari 2025 om 9.05 uur");
        assert_eq!(stamp(Language::Nl, &at("2026-05-12T14:09:00+02:00"), &now), "14.09 uur");
    }

    #[test]
    fn a_countdown_has_two_units_at_most() {
        assert_eq!(countdown(Language::Nl, 2 * 86_400_000 + 3 * 3_600_000 + 60_000), "2 dagen en 3 uur");
        assert_eq!(countdown(Language::En, 61_000), "2 minutes");
        assert_eq!(countdown(Language::Nl, -5), "een ogenblik");
    }
}
