//! A moment as screens get it: RFC 3339 with the session's own offset, so that a browser needs no
//! table of time zones to say "14.09 uur".

use serde::{Deserialize, Serialize};

/// For instance `2026-05-12T14:09:00+02:00`. Made by the server, which knows the zone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Moment(pub String);

impl Moment {
    /// Hour and minute on the session's clock.
    pub fn hour_minute(&self) -> (u8, u8) {
        (self.number(11, 13), self.number(14, 16))
    }

    /// Year, month (1 to 12) and day (1 to 31) in the session's calendar.
    pub fn date(&self) -> (i32, u8, u8) {
        let year = self.0.get(0..4).and_then(|y| y.parse().ok()).unwrap_or(1970);
        (year, self.number(5, 7), self.number(8, 10))
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub fn millis(&self) -> i64 {
        let (year, month, day) = self.date();
        let (hour, minute) = self.hour_minute();
        let local = days_since_1970(year, month, day) * 86_400
            + i64::from(hour) * 3_600
            + i64::from(minute) * 60
            + i64::from(self.number(17, 19));
        (local - self.offset_seconds()) * 1_000
    }

    /// Day of the week, Monday is 0.
    pub fn weekday(&self) -> u8 {
        let (year, month, day) = self.date();
        // 1970-01-01 was a Thursday.
        u8::try_from((days_since_1970(year, month, day) + 3).rem_euclid(7)).unwrap_or(0)
    }

    /// How many calendar days this lies after the other (negative: before it).
    pub fn days_after(&self, other: &Self) -> i64 {
        let day = |m: &Self| {
            let (y, mo, d) = m.date();
            days_since_1970(y, mo, d)
        };
        day(self) - day(other)
    }

    fn number(&self, from: usize, to: usize) -> u8 {
        self.0.get(from..to).and_then(|digits| digits.parse().ok()).unwrap_or(0)
    }

    fn offset_seconds(&self) -> i64 {
        let tail = self.0.get(19..).unwrap_or("");
        let Some(sign) = tail.find(['+', '-']) else { return 0 };
        let number =
            |from: usize| -> i64 { tail.get(sign + from..sign + from + 2).and_then(|d| d.parse().ok()).unwrap_or(0) };
        let seconds = number(1) * 3_600 + number(4) * 60;
        if tail.as_bytes()[sign] == b'-' { -seconds } else { seconds }
    }
}

/// Days in the proleptic Gregorian calendar since 1970-01-01 (Howard Hinnant, "chrono-compatible
/// low-level date algorithms").
fn days_since_1970(year: i32, month: u8, day: u8) -> i64 {
    let (month, day) = (i64::from(month), i64::from(day));
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_clock_date_weekday_and_instant() {
        let moment = Moment("2026-05-12T14:09:30+02:00".into());
        assert_eq!(moment.hour_minute(), (14, 9));
        assert_eq!(moment.date(), (2026, 5, 12));
        assert_eq!(moment.weekday(), 1, "a Tuesday");
        assert_eq!(moment.millis(), 1_778_587_770_000);
    }

    #[test]
    fn fractions_of_a_second_do_not_disturb_the_offset() {
        let whole = Moment("2026-05-12T14:09:30-05:30".into());
        let fraction = Moment("2026-05-12T14:09:30.123456-05:30".into());
        assert_eq!(whole.millis(), fraction.millis());
    }

    #[test]
    fn counts_days_over_the_end_of_a_month() {
        let later = Moment("2026-03-01T00:10:00+01:00".into());
        let earlier = Moment("2026-02-28T23:50:00+01:00".into());
        assert_eq!(later.days_after(&earlier), 1);
    }
}
