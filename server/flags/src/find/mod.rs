//! Everything that a mask hides, each kind in a file of its own.

mod bsn;
mod iban;
mod links;
mod phone;
mod plate;
mod postcode;
mod spelled;
mod street;

use shared::flags::FlagKind;

use crate::{insults::Insults, numbers, plain::Plain, weight};

/// Something seen from here to there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    pub kind: FlagKind,
    pub from: usize,
    pub to: usize,
}

/// All that is hidden in this text, in its bytes; they may overlap.
pub(crate) fn hits(plain: &Plain, insults: &Insults) -> Vec<Hit> {
    let mut hits = Vec::new();
    if plain.text.bytes().any(|byte| byte.is_ascii_digit()) {
        let runs = numbers::runs(&plain.text);
        phone::find(plain, &runs, &mut hits);
        bsn::find(plain, &runs, &mut hits);
        iban::find(plain, &mut hits);
        plate::find(plain, &mut hits);
        postcode::find(plain, &mut hits);
        street::find(plain, &mut hits);
    }
    links::find(plain, &mut hits);
    spelled::find(plain, &mut hits);
    insults.find(plain, &mut hits);
    hits
}

/// In order, and what overlaps made one: it bears the weightier name and covers both.
pub(crate) fn merged(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|hit| (hit.from, hit.to, weight(hit.kind)));
    let mut merged: Vec<Hit> = Vec::with_capacity(hits.len());
    for hit in hits {
        match merged.last_mut() {
            Some(last) if hit.from < last.to => {
                last.to = last.to.max(hit.to);
                if weight(hit.kind) < weight(last.kind) {
                    last.kind = hit.kind;
                }
            }
            _ => merged.push(hit),
        }
    }
    merged
}
