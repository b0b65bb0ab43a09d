//! `tests/load/RESULTS.md`: sections that are replaced one by one, so that each measurement can be made
//! again alone, and an overview of all aims that is made from them.

use std::{fmt::Write as _, fs, path::PathBuf, process::Command};

use anyhow::{Context as _, Result};

use super::machine;
use crate::places;

/// The sections in their order, with what stands there until somebody measures it. Those without a
/// command of their own are written by hand.
const SECTIONS: [(&str, &str, &str); 13] = [
    ("overview", "Aims", ""),
    ("machine", "Machine", "Not measured yet: `cargo xtask bench`."),
    ("fanout", "Fan-out", "Not measured yet: `cargo xtask bench --only fanout`."),
    ("cores", "Two cores", "Not measured yet: `cargo xtask bench --only cores`."),
    ("slow", "One stopped viewer", "Not measured yet: `cargo xtask bench --only slow`."),
    ("pages", "Pages and API", "Not measured yet: `cargo xtask bench --only pages`."),
    ("storms", "Storms", "Not measured yet: `cargo xtask bench --only storms`."),
    ("scale", "Cost over viewers and history", "Not measured yet: `cargo xtask bench --only scale`."),
    ("desk", "A very long desk", "Not measured yet: `cargo xtask bench --only desk`."),
    ("soak", "Soak", "Not measured yet: `cargo xtask soak --minutes 60`."),
    ("kills", "Kills", "*By hand:* what the thousand kills printed goes between these marks."),
    ("fuzz", "Fuzzing", "*By hand:* what the hour of fuzzing printed goes between these marks."),
    ("lighthouse", "Lighthouse", "*By hand:* what Lighthouse printed goes between these marks."),
];

const HEAD: &str = "# Measured\n\n\
What `cargo xtask bench`, `cargo xtask soak` and the long runs printed. Each section is replaced by the command \
that it names; what stands between the marks of a section is nobody's to edit, unless it says *by hand*.\n";

/// What was aimed at, and what came of it.
#[derive(Debug, Clone)]
pub struct Aim {
    what: String,
    measured: String,
    met: Option<bool>,
}

impl Aim {
    /// Something that can be told to be so or not.
    pub fn new(what: impl Into<String>, measured: impl Into<String>, met: bool) -> Self {
        Self { what: what.into(), measured: measured.into(), met: Some(met) }
    }

    /// At most so much.
    pub fn at_most(what: impl Into<String>, measured: f64, most: f64, unit: &str) -> Self {
        Self::new(what, format!("{measured:.2}{unit}"), measured <= most)
    }

    /// At least so much.
    pub fn at_least(what: impl Into<String>, measured: f64, least: f64, unit: &str) -> Self {
        Self::new(what, format!("{measured:.2}{unit}"), measured >= least)
    }

    /// Something that could not be measured here, and why.
    pub fn unknown(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self { what: what.into(), measured: why.into(), met: None }
    }
}

/// A table of aims.
pub fn table(aims: &[Aim]) -> String {
    let mut table = String::from("| aim | measured | |\n|---|---|---|\n");
    for Aim { what, measured, met } in aims {
        let met = match met {
            Some(true) => "met",
            Some(false) => "**not met**",
            None => "not measured",
        };
        let _ = writeln!(table, "| {what} | {measured} | {met} |");
    }
    table
}

/// Writes one section: its command, its text, its aims. Prints it too.
pub fn write(key: &str, command: &str, text: &str, aims: &[Aim]) -> Result<()> {
    let aims = if aims.is_empty() { String::new() } else { format!("{}\n", table(aims)) };
    let body = format!("{}\n\n{aims}{}", machine::line(command), text.trim_end());
    println!("\n{body}");
    let old = fs::read_to_string(path()).unwrap_or_default();
    let old = put(&old, "machine", &machine::table());
    let new = put(&old, key, &body);
    let new = put(&new, "overview", &overview(&new));
    fs::write(path(), new).with_context(|| format!("cannot write {}", path().display()))
}

/// Where everything is written.
pub fn path() -> PathBuf {
    places::inside("tests/load/RESULTS.md")
}

/// What a program prints, on one line; nothing when it is not there.
pub fn said(command: &mut Command) -> Option<String> {
    let output = command.output().ok()?;
    let words = [output.stdout, output.stderr].concat();
    let line = String::from_utf8_lossy(&words).lines().next()?.trim().to_owned();
    (!line.is_empty()).then_some(line)
}

/// The document with one section replaced; all others as they were.
fn put(old: &str, key: &str, body: &str) -> String {
    let mut new = HEAD.to_owned();
    for (name, title, empty) in SECTIONS {
        let kept = inside(old, name);
        let text = if name == key { body } else { kept.unwrap_or(empty) };
        let _ = write!(new, "\n## {title}\n\n<!-- begin {name} -->\n\n{}\n\n<!-- end {name} -->\n", text.trim());
    }
    new
}

fn inside<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("<!-- begin {name} -->"))?;
    rest.split_once(&format!("<!-- end {name} -->")).map(|(inside, _)| inside)
}

/// All aims of all sections, those that were not met first.
fn overview(text: &str) -> String {
    let mut rows: Vec<(bool, String)> = Vec::new();
    for (name, title, _) in SECTIONS.iter().filter(|(name, ..)| *name != "overview") {
        let lines = inside(text, name).unwrap_or_default().lines();
        for line in
            lines.filter(|line| ["met |", "**not met** |", "not measured |"].iter().any(|end| line.ends_with(end)))
        {
            rows.push((line.ends_with("| met |"), format!("| {title} {line}")));
        }
    }
    rows.sort_by_key(|(met, _)| *met);
    let met = rows.iter().filter(|(met, _)| *met).count();
    let mut table =
        format!("{met} of {} aims are met.\n\n| section | aim | measured | |\n|---|---|---|---|\n", rows.len());
    for (_, row) in rows {
        let _ = writeln!(table, "{row}");
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_section_is_replaced_and_the_others_stay() {
        let first = put("", "fanout", "one");
        let second = put(&first, "soak", "two");
        let third = put(&second, "fanout", "three");
        assert!(!third.contains("one\n") && third.contains("two") && third.contains("three"));
        assert_eq!(put(&third, "fanout", "three"), third, "nothing grows by being written again");
    }

    #[test]
    fn what_fell_short_comes_first_in_the_overview() {
        let aims = [Aim::at_most("little", 1.0, 2.0, " ms"), Aim::at_least("much", 1.0, 2.0, "")];
        let overview = overview(&put("", "pages", &table(&aims)));
        let rows: Vec<_> = overview.lines().skip(4).collect();
        assert_eq!(rows[0], "| Pages and API | much | 1.00 | **not met** |");
        assert_eq!(rows[1], "| Pages and API | little | 1.00 ms | met |");
        assert!(overview.starts_with("1 of 2"));
    }
}
