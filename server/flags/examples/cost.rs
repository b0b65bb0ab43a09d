//! What looking at a text costs: `cargo run --release -p samenspraak-flags --example cost`.

use std::hint::black_box;

use samenspraak_flags::{Lookout, language, mask};

const ROUNDS: u32 = 500;

fn main() {
    let lookout = Lookout::new();
    let calm =
        "Wanneer komt er een grotere fietsenstalling bij het station, en blijft het parkeren daar gratis? ".repeat(6);
    let calm: String = calm.chars().take(500).collect();
    let busy = "Bel 06-12345678 of mail jan@voorbeeld.nl, stort op NL91 ABNA 0417 1643 00, kom langs op Bergweg 12a. ";
    let busy: String = busy.repeat(6).chars().take(500).collect();
    println!("| Text of 500 characters | Looking | Masking | Language |");
    println!("|---|---:|---:|---:|");
    for (name, text) in [("an ordinary question", &calm), ("nothing but personal data", &busy)] {
        let flags = lookout.look(text);
        println!(
            "| {name} | {:.0} µs | {:.1} µs | {:.0} µs |",
            micros(|| drop(black_box(lookout.look(text)))),
            micros(|| drop(black_box(mask(text, &flags)))),
            micros(|| _ = black_box(language(text))),
        );
    }
    let long = ["1 ", "a.", "06-", "k l o ", "nl91 ", "x@y.nl ", "Bergweg 1 ", "!?", "kut "]
        .map(|piece| piece.repeat(8_000 / piece.len()));
    let worst = long.iter().map(|text| micros(|| drop(black_box(lookout.look(text))))).fold(0.0, f64::max);
    println!("\nThe worst we know of, in 8,000 characters: {:.1} ms", worst / 1e3);
    println!("Making a lookout: {:.0} µs", micros(|| drop(black_box(Lookout::new()))));
}

/// Microseconds for each call, on average.
fn micros(work: impl Fn()) -> f64 {
    #[expect(clippy::disallowed_methods, reason = "a measurement, by hand")]
    let begin = std::time::Instant::now();
    (0..ROUNDS).for_each(|_| work());
    begin.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS)
}
