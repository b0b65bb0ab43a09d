//! What a server counts, read as `OpenMetrics` and held to its rules.

use std::collections::{BTreeMap, BTreeSet};

/// The samples of one moment.
#[derive(Debug)]
pub struct Meters(BTreeMap<String, f64>);

impl Meters {
    /// Reads `OpenMetrics` text; insists on its form: a type before samples, names that go with it,
    /// each series once, the end at the end.
    pub fn read(text: &str) -> Self {
        assert!(text.ends_with("\n# EOF\n"), "the end: {:?}", &text[text.len().saturating_sub(20)..]);
        let (mut family, mut kind) = (String::new(), String::new());
        let (mut families, mut samples) = (BTreeSet::new(), BTreeMap::new());
        for line in text.lines().filter(|line| *line != "# EOF") {
            if let Some(words) = line.strip_prefix("# ") {
                let words: Vec<&str> = words.splitn(3, ' ').collect();
                let &[what, name, rest] = &words[..] else { panic!("{line}") };
                match what {
                    "TYPE" => {
                        assert!(families.insert(name.to_owned()), "twice: {name}");
                        (family, kind) = (name.to_owned(), rest.to_owned());
                    }
                    "UNIT" => assert!(name == family && name.ends_with(&format!("_{rest}")), "{line}"),
                    "HELP" => {}
                    _ => panic!("{line}"),
                }
                continue;
            }
            let (series, value) = line.rsplit_once(' ').expect("a series and a value");
            let name = series.split('{').next().unwrap_or_default();
            let suffix = name.strip_prefix(&family).unwrap_or_else(|| panic!("{line} stands under {family}"));
            let allowed: &[&str] = match &*kind {
                "counter" => &["_total"],
                "gauge" => &[""],
                "info" => &["_info"],
                "histogram" => &["_bucket", "_sum", "_count"],
                kind => panic!("a {kind}"),
            };
            assert!(allowed.contains(&suffix), "{line} is no {kind}");
            let value = value.parse().unwrap_or_else(|_| panic!("{line}"));
            assert!(samples.insert(series.to_owned(), value).is_none(), "twice: {series}");
        }
        Self(samples)
    }

    /// The value of a series, written with its labels; nought when it is not there.
    pub fn of(&self, series: &str) -> f64 {
        self.0.get(series).copied().unwrap_or_default()
    }

    /// The same of a series that counts.
    pub fn count(&self, series: &str) -> i64 {
        let value = self.of(series).to_string();
        value.parse().unwrap_or_else(|_| panic!("{series} is {value}"))
    }

    /// The names of all samples, without labels.
    pub fn names(&self) -> BTreeSet<&str> {
        self.0.keys().map(|series| series.split('{').next().unwrap_or_default()).collect()
    }
}
