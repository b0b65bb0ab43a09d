//! Plots as SVG, readable on light and dark pages.

use std::path::Path;

use anyhow::{Result, anyhow};
use plotters::{coord::ranged1d::ValueFormatter, prelude::*};

/// One line of a plot.
pub struct Line {
    /// What it shows.
    pub name: String,
    /// Its points, from left to right.
    pub points: Vec<(f64, f64)>,
}

/// How the horizontal axis is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Across {
    /// Evenly, from zero.
    Even,
    /// By powers of ten.
    Powers,
}

const COLOURS: [RGBColor; 4] =
    [RGBColor(0, 96, 160), RGBColor(200, 80, 0), RGBColor(0, 130, 80), RGBColor(140, 60, 140)];
const SIZE: (u32, u32) = (760, 380);

/// Draws lines; both axes begin at zero unless divided by powers.
pub fn draw(file: &Path, title: &str, across: (&str, Across), up: &str, lines: &[Line]) -> Result<()> {
    let points = || lines.iter().flat_map(|line| &line.points);
    let right = points().map(|point| point.0).fold(1.0, f64::max);
    let top = points().map(|point| point.1).fold(0.0, f64::max).max(1e-9) * 1.1;
    let root = SVGBackend::new(file, SIZE).into_drawing_area();
    root.fill(&WHITE).map_err(wrong)?;
    let mut chart = ChartBuilder::on(&root);
    chart.caption(title, ("sans-serif", 17)).margin(12).x_label_area_size(42).y_label_area_size(64);
    match across.1 {
        Across::Even => finish(chart.build_cartesian_2d(0.0..right, 0.0..top).map_err(wrong)?, across.0, up, lines),
        Across::Powers => {
            let left = points().map(|point| point.0).fold(right, f64::min);
            finish(chart.build_cartesian_2d((left..right).log_scale(), 0.0..top).map_err(wrong)?, across.0, up, lines)
        }
    }?;
    root.present().map_err(wrong)
}

type Area<'a, X> = ChartContext<'a, SVGBackend<'a>, Cartesian2d<X, plotters::coord::types::RangedCoordf64>>;

fn finish<X>(mut chart: Area<'_, X>, across: &str, up: &str, lines: &[Line]) -> Result<()>
where
    X: Ranged<ValueType = f64> + ValueFormatter<f64>,
{
    let short = |value: &f64| match *value {
        value if value >= 1e6 => format!("{}M", value / 1e6),
        value if value >= 1e3 => format!("{}k", value / 1e3),
        value => format!("{}", (value * 100.0).round() / 100.0),
    };
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(BLACK.mix(0.12))
        .x_desc(across)
        .y_desc(up)
        .x_label_formatter(&short)
        .y_label_formatter(&short)
        .draw()
        .map_err(wrong)?;
    for (number, line) in lines.iter().enumerate() {
        let colour = COLOURS[number % COLOURS.len()];
        let drawn = chart.draw_series(LineSeries::new(line.points.iter().copied(), colour.stroke_width(2)));
        drawn
            .map_err(wrong)?
            .label(&line.name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour.stroke_width(2)));
        if line.points.len() <= 20 {
            let dots = line.points.iter().map(|point| Circle::new(*point, 3, colour.filled()));
            chart.draw_series(dots).map_err(wrong)?;
        }
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::LowerRight)
        .background_style(WHITE.mix(0.85))
        .border_style(BLACK.mix(0.2))
        .draw()
        .map_err(wrong)
}

fn wrong(error: impl std::fmt::Display) -> anyhow::Error {
    anyhow!("a plot cannot be drawn: {error}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn a_plot_names_its_lines_and_axes() {
        let scratch = Scratch::new("plot");
        let file = scratch.path().join("plot.svg");
        let line = Line { name: "memory".into(), points: vec![(1_000.0, 1.0), (1_000_000.0, 2.0)] };
        draw(&file, "Title", ("events", Across::Powers), "MiB", &[line]).expect("a plot");
        let svg = std::fs::read_to_string(file).expect("a file");
        for word in ["Title", "events", "MiB", "memory", "1M"] {
            assert!(svg.contains(word), "{word}");
        }
    }
}
