//! The figures as a table in Markdown, with the ratio to the floor.

use super::Figures;

/// A row for each server; the first is what the others are compared with.
pub fn table(figures: &[Figures]) -> String {
    let head = "| server | µs of CPU per delivery | ratio | KiB per idle viewer | confirmed after, median | visible after, median | 99 % | last |\n\
                |---|---:|---:|---:|---:|---:|---:|---:|\n";
    let floor = figures.first().map_or(1.0, |floor| floor.cpu_us);
    let rows: String = figures.iter().map(|figures| row(figures, floor)).collect();
    format!("{head}{rows}")
}

fn row(figures: &Figures, floor: f64) -> String {
    let Figures { name, seen, cpu_us, kib_per_viewer, confirmed_ms } = figures;
    format!(
        "| {name} | {cpu_us:.1} | {:.2} | {kib_per_viewer:.1} | {confirmed_ms:.1} ms | {:.1} ms | {:.1} ms | {:.1} ms |\n",
        cpu_us / floor,
        seen.p50_ms,
        seen.p99_ms,
        seen.max_ms
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::Seen;

    #[test]
    fn the_first_row_has_ratio_one() {
        let seen = Seen { stamped: 1, bytes: 1, p50_ms: 1.0, p99_ms: 2.0, max_ms: 3.0 };
        let one = |name, cpu_us| Figures { name, seen: seen.clone(), cpu_us, kib_per_viewer: 0.5, confirmed_ms: 4.0 };
        let table = table(&[one("floor", 4.0), one("ours", 6.0)]);
        assert!(table.contains("| floor | 4.0 | 1.00 |"));
        assert!(table.contains("| ours | 6.0 | 1.50 | 0.5 | 4.0 ms | 1.0 ms | 2.0 ms | 3.0 ms |"));
    }
}
