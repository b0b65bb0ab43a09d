//! What an organiser decides about a session, read from a form or body and checked.

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use serde::{Deserialize, Serialize};
use shared::{
    Hashtag, Language, Moderation, News, Refusal,
    commands::{Channels, NewSession},
    views::Alderman,
    words,
};

/// Addresses that the site needs itself.
const RESERVED: [&str; 9] =
    ["api", "assets", "organise", "accounts", "lang", "healthz", "readyz", "metrics", "favicon"];
const DEFAULT_ZONE: &str = "Europe/Amsterdam";
/// The most accounts that listen for one session.
const MAX_ACCOUNTS: usize = 20;
/// The longest address of a portrait, in bytes.
const MAX_ADDRESS: usize = 500;
/// Years in which a session can be: written with four digits, and no slip of the keyboard.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2200;

/// The details of a session, all of them valid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Details {
    /// As the organiser wrote it; the same in all its spellings.
    pub hashtag: Hashtag,
    /// What the session is about, on one line.
    pub title: String,
    /// A few sentences of welcome; may be empty.
    pub introduction: String,
    /// Who answers; at least one.
    pub aldermen: Vec<Alderman>,
    /// When moderators look.
    pub moderation: Moderation,
    /// IANA name of the zone in which its times are told.
    pub timezone: String,
    /// When asking opens by itself.
    pub opens: Option<Timestamp>,
    /// When it goes live by itself; not before `opens`.
    pub starts: Option<Timestamp>,
    /// When it closes by itself; not before the others.
    pub ends: Option<Timestamp>,
    /// In which languages people are welcome to write; at least one, each once.
    pub languages: Vec<Language>,
    /// Whether one may ask while it is announced.
    pub ask_early: bool,
    /// Where questions come from besides, and what goes back.
    #[serde(default)]
    pub channels: Channels,
}

impl Details {
    /// Cleans and checks what was sent; the refusal names the first field that is not right.
    pub fn read(body: &NewSession) -> Result<Self, Refusal> {
        let zone = zone(body.timezone.as_deref())?;
        let [opens, starts, ends] = times(body, &zone)?;
        Ok(Self {
            hashtag: hashtag(&body.hashtag)?,
            title: line(&body.title, words::MAX_TITLE)
                .filter(|title| !title.is_empty())
                .ok_or_else(|| field("title"))?,
            introduction: words::optional(&body.introduction, words::MAX_INTRODUCTION)
                .map_err(|_| field("introduction"))?,
            aldermen: aldermen(&body.aldermen)?,
            moderation: body.moderation,
            timezone: zone.iana_name().unwrap_or(DEFAULT_ZONE).to_owned(),
            opens,
            starts,
            ends,
            languages: languages(&body.languages),
            ask_early: body.ask_early,
            channels: channels(&body.channels)?,
        })
    }

    /// The same as a form shows it: times on the clock of the session's zone. Its phase is not one
    /// of the details and stays open.
    pub fn write(&self) -> NewSession {
        let zone = self.zone();
        let local = |at: Option<Timestamp>| {
            at.map(|at| {
                let clock = at.to_zoned(zone.clone()).datetime();
                clock.strftime(if clock.second() == 0 { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT%H:%M:%S" }).to_string()
            })
        };
        NewSession {
            hashtag: self.hashtag.as_str().to_owned(),
            title: self.title.clone(),
            introduction: self.introduction.clone(),
            aldermen: self.aldermen.clone(),
            moderation: self.moderation,
            phase: None,
            opens: local(self.opens),
            starts: local(self.starts),
            ends: local(self.ends),
            timezone: Some(self.timezone.clone()),
            languages: self.languages.clone(),
            ask_early: self.ask_early,
            channels: self.channels.clone(),
        }
    }

    /// The zone itself; UTC for a name that this build's table does not know (any more).
    pub(crate) fn zone(&self) -> TimeZone {
        TimeZone::get(&self.timezone).unwrap_or(TimeZone::UTC)
    }
}

fn field(name: &str) -> Refusal {
    Refusal::Field { field: name.into() }
}

/// A text on one line, possibly empty; `None` when it is too long.
fn line(text: &str, max: usize) -> Option<String> {
    words::optional(&text.replace(['\r', '\n'], " "), max).ok().map(|text| text.replace('\n', " "))
}

fn hashtag(text: &str) -> Result<Hashtag, Refusal> {
    let text = words::name(text).ok().flatten().ok_or_else(|| field("hashtag"))?;
    let tag = Hashtag::parse(&text).map_err(|_| field("hashtag"))?;
    if RESERVED.contains(&tag.folded().as_str()) { Err(field("hashtag")) } else { Ok(tag) }
}

/// Rows of the form that were left blank are no aldermen.
fn aldermen(rows: &[Alderman]) -> Result<Vec<Alderman>, Refusal> {
    let mut aldermen = Vec::new();
    for row in rows {
        let name = words::name(&row.name).map_err(|_| field("aldermen"))?;
        let office = line(&row.office, words::MAX_TITLE).ok_or_else(|| field("aldermen"))?;
        let portrait = portrait(row.portrait.as_deref())?;
        match name {
            Some(name) => aldermen.push(Alderman { name, office, portrait }),
            None if office.is_empty() && portrait.is_none() => {}
            None => return Err(field("aldermen")),
        }
    }
    if (1..=words::MAX_ALDERMEN).contains(&aldermen.len()) { Ok(aldermen) } else { Err(field("aldermen")) }
}

/// An https address of a picture; only what can stand in an attribute as it is.
fn portrait(text: Option<&str>) -> Result<Option<String>, Refusal> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let refused = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'' | '<' | '>' | '\\' | '`');
    let host = text.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or("");
    let good = host.contains('.') && !host.contains('@') && text.len() <= MAX_ADDRESS && !text.contains(refused);
    if good { Ok(Some(text.to_owned())) } else { Err(field("portrait")) }
}

fn zone(name: Option<&str>) -> Result<TimeZone, Refusal> {
    let name = name.map(str::trim).filter(|name| !name.is_empty()).unwrap_or(DEFAULT_ZONE);
    let zone = TimeZone::get(name).map_err(|_| field("timezone"))?;
    if zone.iana_name().is_some() { Ok(zone) } else { Err(field("timezone")) }
}

fn languages(given: &[Language]) -> Vec<Language> {
    let mut kept = Vec::new();
    for &language in if given.is_empty() { Language::ALL } else { given } {
        if !kept.contains(&language) {
            kept.push(language);
        }
    }
    kept
}

/// Each account and each kind of news once; whether there is such an account only the installation knows.
fn channels(given: &Channels) -> Result<Channels, Refusal> {
    let mut kept = Channels::default();
    for account in &given.accounts {
        let account = words::name(account).ok().flatten().ok_or_else(|| field("channels"))?;
        if !kept.accounts.contains(&account) {
            kept.accounts.push(account);
        }
    }
    kept.news = News::ALL.iter().copied().filter(|news| given.news.contains(news)).collect();
    if kept.accounts.len() <= MAX_ACCOUNTS { Ok(kept) } else { Err(field("channels")) }
}

/// Opens, starts and ends, each not before the one before it.
fn times(body: &NewSession, zone: &TimeZone) -> Result<[Option<Timestamp>; 3], Refusal> {
    let named = [("opens", &body.opens), ("starts", &body.starts), ("ends", &body.ends)];
    let mut times = [None; 3];
    let mut latest = None;
    for (place, (name, text)) in named.into_iter().enumerate() {
        let Some(text) = text.as_deref().map(str::trim).filter(|text| !text.is_empty()) else { continue };
        let at =
            time(text, zone).filter(|at| latest.is_none_or(|earlier| earlier <= *at)).ok_or_else(|| field(name))?;
        times[place] = Some(at);
        latest = Some(at);
    }
    Ok(times)
}

/// RFC 3339 with an offset, or a day and a time on the zone's clock. In the hour that the clock
/// skips it is the moment after the gap; in the hour that comes twice, the first.
pub(crate) fn time(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let at = match text.parse::<Timestamp>() {
        Ok(at) => at,
        // A day without a time would silently become midnight.
        Err(_) if text.len() < "2026-05-12T14:00".len() => return None,
        Err(_) => text.parse::<DateTime>().ok()?.to_zoned(zone.clone()).ok()?.timestamp(),
    };
    let whole = Timestamp::from_second(at.as_second()).ok()?;
    YEARS.contains(&whole.to_zoned(TimeZone::UTC).year()).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body() -> NewSession {
        NewSession {
            hashtag: "#FietsFan010".into(),
            title: " De fiets  in\nRotterdam ".into(),
            introduction: String::new(),
            aldermen: vec![Alderman {
                name: "Judith Bokhove".into(),
                office: "wethouder Mobiliteit".into(),
                portrait: None,
            }],
            moderation: Moderation::Before,
            phase: None,
            opens: Some(String::new()),
            starts: Some("2026-05-12T14:00".into()),
            ends: None,
            timezone: None,
            languages: vec![],
            ask_early: false,
            channels: Channels::default(),
        }
    }

    fn refused(change: impl FnOnce(&mut NewSession)) -> String {
        let mut body = body();
        change(&mut body);
        match Details::read(&body) {
            Err(Refusal::Field { field }) => field,
            other => panic!("not refused: {other:?}"),
        }
    }

    #[test]
    fn what_is_left_out_gets_what_rotterdam_would_choose() {
        let details = Details::read(&body()).expect("valid");
        assert_eq!(details.hashtag.as_str(), "FietsFan010");
        assert_eq!(details.title, "De fiets in Rotterdam");
        assert_eq!(details.timezone, "Europe/Amsterdam");
        assert_eq!(details.languages, [Language::Nl, Language::En]);
        assert_eq!(details.opens, None);
        assert_eq!(details.starts.expect("given").to_string(), "2026-05-12T12:00:00Z", "summer time");
    }

    #[test]
    fn a_time_is_local_or_has_an_offset() {
        let at = |text: &str| time(text, &zone(None).expect("known")).map(|at| at.to_string());
        assert_eq!(at("2026-01-12T14:00:30").as_deref(), Some("2026-01-12T13:00:30Z"), "winter time");
        assert_eq!(at("2026-05-12T14:00:00-03:00").as_deref(), Some("2026-05-12T17:00:00Z"));
        assert_eq!(at("2026-05-12T14:00:00.75Z").as_deref(), Some("2026-05-12T14:00:00Z"));
        assert_eq!(at("2026-03-29T02:30").as_deref(), Some("2026-03-29T01:30:00Z"), "skipped by the clock");
        for text in ["2026-05-12", "14:00", "morgen", "1026-05-12T14:00", "9026-05-12T14:00", "2026-13-12T14:00"] {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn every_field_is_checked_and_named() {
        assert_eq!(refused(|body| body.hashtag = "010".into()), "hashtag");
        assert_eq!(refused(|body| body.hashtag = "twee woorden".into()), "hashtag");
        for reserved in RESERVED {
            assert_eq!(refused(|body| body.hashtag = format!("#{}", reserved.to_uppercase())), "hashtag");
        }
        assert_eq!(refused(|body| body.title = " \u{200B}".into()), "title");
        assert_eq!(refused(|body| body.title = "x".repeat(121)), "title");
        assert_eq!(refused(|body| body.introduction = "x".repeat(2001)), "introduction");
        assert_eq!(refused(|body| body.aldermen.clear()), "aldermen");
        assert_eq!(refused(|body| body.aldermen[0].name = " ".into()), "aldermen");
        assert_eq!(refused(|body| body.aldermen = vec![body.aldermen[0].clone(); 13]), "aldermen");
        assert_eq!(refused(|body| body.timezone = Some("Europe/Rotterdam".into())), "timezone");
        assert_eq!(refused(|body| body.opens = Some("2026-05-12T14:01".into())), "starts");
        assert_eq!(refused(|body| body.ends = Some("2026-05-12T13:59".into())), "ends");
        assert_eq!(refused(|body| body.ends = Some("straks".into())), "ends");
    }

    #[test]
    fn a_portrait_is_a_plain_https_address() {
        let with = |text: &str| {
            let mut body = body();
            body.aldermen[0].portrait = Some(text.into());
            Details::read(&body).map(|details| details.aldermen[0].portrait.clone())
        };
        assert_eq!(with("https://www.rotterdam.nl/b.jpg"), Ok(Some("https://www.rotterdam.nl/b.jpg".into())));
        assert_eq!(with(" "), Ok(None));
        for text in [
            "http://www.rotterdam.nl/b.jpg",
            "javascript:alert(1)",
            "https://",
            "https://x.nl/\"onload=",
            "data:image/png,x",
            "https://a@b.nl/",
        ] {
            assert_eq!(with(text), Err(field("portrait")), "{text}");
        }
    }

    #[test]
    fn blank_rows_of_the_form_are_left_out() {
        let mut body = body();
        body.aldermen.push(Alderman::default());
        assert_eq!(Details::read(&body).expect("valid").aldermen.len(), 1);
    }

    #[test]
    fn what_is_written_reads_the_same() {
        let mut body = body();
        body.opens = Some("2026-05-12T09:15:30".into());
        body.ends = Some("2026-05-12T16:00:00+00:00".into());
        body.languages = vec![Language::En, Language::En];
        let details = Details::read(&body).expect("valid");
        let written = details.write();
        assert_eq!(written.starts.as_deref(), Some("2026-05-12T14:00"));
        assert_eq!(written.opens.as_deref(), Some("2026-05-12T09:15:30"));
        assert_eq!(written.ends.as_deref(), Some("2026-05-12T18:00"));
        assert_eq!(Details::read(&written), Ok(details));
    }
}
