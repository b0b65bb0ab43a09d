//! Everything that was ever interesting to a fuzzer, once more.

use std::{fs, path::Path};

use samenspraak_fuzz::TARGETS;

/// The least that a target has been given: with less, the corpus is not where this looks.
const LEAST: usize = 5;

#[test]
fn what_fuzzers_found_interesting_still_does_no_harm() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for (name, body) in TARGETS {
        let folder = fs::read_dir(corpus.join(name)).expect("a folder for each target");
        let mut files: Vec<_> = folder.map(|entry| entry.expect("an entry").path()).collect();
        files.sort();
        assert!(files.len() >= LEAST, "{name}: {} files", files.len());
        for file in files {
            // A panic says in which file it was: the last one that is named.
            println!("{}", file.display());
            body(&fs::read(&file).expect("a readable file"));
        }
    }
}
