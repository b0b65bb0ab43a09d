//! What Lighthouse's report says, in the few figures that matter here.

use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::progress::size;

/// The figures of one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// Of 100.
    pub performance: f64,
    /// Of 100.
    pub accessibility: f64,
    /// Milliseconds until the largest thing in sight is there (largest contentful paint).
    pub lcp: f64,
    /// Milliseconds in which the page would not have answered a touch (total blocking time).
    pub tbt: f64,
    /// How much moved by itself (cumulative layout shift); 0 is nothing.
    pub cls: f64,
    /// Bytes that came over the wire.
    pub bytes: usize,
    /// Of these, WebAssembly.
    pub wasm: usize,
    /// Lighthouse's own version.
    pub version: String,
    /// The browser's name and version.
    pub browser: String,
    /// What cost points, in Lighthouse's words.
    pub remarks: Vec<String>,
}

impl Scores {
    /// Reads a report in JSON.
    pub fn read(report: &str) -> Result<Self> {
        let report: Value = serde_json::from_str(report)?;
        let number = |path: &str| report.pointer(path).and_then(Value::as_f64).with_context(|| format!("no {path}"));
        let word = |path: &str| report.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned();
        let requests = report.pointer("/audits/network-requests/details/items").and_then(Value::as_array);
        let wasm = requests
            .into_iter()
            .flatten()
            .filter(|request| is_wasm(request))
            .map(|request| bytes(&request["transferSize"]));
        let browser = word("/environment/hostUserAgent");
        let browser = browser.split(' ').find(|part| part.contains("Chrome/")).unwrap_or_default().replace('/', " ");
        Ok(Self {
            performance: number("/categories/performance/score")? * 100.0,
            accessibility: number("/categories/accessibility/score")? * 100.0,
            lcp: number("/audits/largest-contentful-paint/numericValue")?,
            tbt: number("/audits/total-blocking-time/numericValue")?,
            cls: number("/audits/cumulative-layout-shift/numericValue")?,
            bytes: bytes(&report["audits"]["total-byte-weight"]["numericValue"]),
            wasm: wasm.sum(),
            version: word("/lighthouseVersion"),
            browser,
            remarks: remarks(&report),
        })
    }

    /// A table in Markdown, and under it what cost points.
    pub fn table(&self) -> String {
        let mut table = format!(
            "| performance | accessibility | LCP | TBT | CLS | downloaded | of which WebAssembly |\n\
             |---:|---:|---:|---:|---:|---:|---:|\n\
             | {:.0} | {:.0} | {:.1} s | {:.0} ms | {:.3} | {} | {} |\n",
            self.performance,
            self.accessibility,
            self.lcp / 1_000.0,
            self.tbt,
            self.cls,
            size(self.bytes),
            size(self.wasm),
        );
        for remark in &self.remarks {
            let _ = write!(table, "\n- {remark}");
        }
        if !self.remarks.is_empty() {
            table.push('\n');
        }
        table
    }
}

fn is_wasm(request: &Value) -> bool {
    request["url"].as_str().is_some_and(|url| url.ends_with("_bg.wasm"))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes of files")]
fn bytes(size: &Value) -> usize {
    size.as_f64().unwrap_or(0.0) as usize
}

/// Audits of both categories that count and were not passed in full.
fn remarks(report: &Value) -> Vec<String> {
    let mut remarks = Vec::new();
    for category in ["performance", "accessibility"] {
        let audits = report["categories"][category]["auditRefs"].as_array();
        for audit in audits.into_iter().flatten().filter(|audit| audit["weight"].as_f64() > Some(0.0)) {
            let audit = &report["audits"][audit["id"].as_str().unwrap_or_default()];
            if audit["score"].as_f64().is_some_and(|score| score < 0.9) {
                let value = audit["displayValue"].as_str().unwrap_or_default();
                let title = audit["title"].as_str().unwrap_or_default();
                remarks.push(format!("{category}: {title} {value}").trim_end().to_owned());
            }
        }
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_read_and_what_cost_points_is_said() {
        let report = serde_json::json!({
            "lighthouseVersion": "12.8.2",
            "environment": { "hostUserAgent": "Mozilla/5.0 (X11) HeadlessChrome/156.0.0.0 Safari/537.36" },
            "categories": {
                "performance": { "score": 0.97, "auditRefs": [{ "id": "largest-contentful-paint", "weight": 25 }] },
                "accessibility": { "score": 1, "auditRefs": [] },
            },
            "audits": {
                "largest-contentful-paint":
                    { "numericValue": 2_512.3, "score": 0.88, "title": "Largest Contentful Paint", "displayValue": "2.5 s" },
                "total-blocking-time": { "numericValue": 40 },
                "cumulative-layout-shift": { "numericValue": 0 },
                "total-byte-weight": { "numericValue": 251_000 },
                "network-requests": { "details": { "items": [
                    { "url": "http://x/citizens_bg.wasm", "transferSize": 150_000 },
                    { "url": "http://x/app.css", "transferSize": 9_000 },
                ] } },
            },
        });
        let scores = Scores::read(&report.to_string()).expect("read");
        assert_eq!((scores.wasm, scores.bytes), (150_000, 251_000));
        assert_eq!(scores.browser, "HeadlessChrome 156.0.0.0");
        let table = scores.table();
        assert!(table.contains("| 97 | 100 | 2.5 s | 40 ms | 0.000 | 251.0 kB | 150.0 kB |"), "{table}");
        assert!(table.contains("- performance: Largest Contentful Paint 2.5 s"), "{table}");
    }
}
