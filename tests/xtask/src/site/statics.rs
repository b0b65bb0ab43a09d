//! What is copied rather than compiled: styles, the fonts they name, the first script, the icon.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, ensure};

use super::Files;

/// Where the styles' fonts come from, inside `frontend/`.
const FONTS: &str = "node_modules/@fontsource-variable/atkinson-hyperlegible-next/files";

/// Gathers the files of `frontend/` that go into the site.
pub fn gather(frontend: &Path) -> Result<Files> {
    let mut files = Files::new();
    for name in ["boot.js", "favicon.svg"] {
        files.insert(name.to_owned(), read(&frontend.join(name))?);
    }
    let styles = styles(&frontend.join("style"))?;
    for font in fonts(&styles) {
        let bytes = read(&frontend.join(FONTS).join(&font)).context("the styles name a font that is not there")?;
        files.insert(format!("fonts/{font}"), bytes);
    }
    files.insert("app.css".to_owned(), styles.into_bytes());
    Ok(files)
}

/// All style sheets as one, in the order of their names.
fn styles(folder: &Path) -> Result<String> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "css"));
    paths.sort();
    ensure!(!paths.is_empty(), "there are no style sheets in {}", folder.display());
    paths.iter().map(|path| Ok(fs::read_to_string(path)? + "\n")).collect()
}

/// The fonts that the styles ask for as `fonts/NAME.woff2`, in order, each once.
fn fonts(styles: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (end, ending) in styles.match_indices(".woff2") {
        let Some((_, name)) = styles[..end].rsplit_once("fonts/") else {
            continue;
        };
        let font = format!("{name}{ending}");
        if name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && !found.contains(&font) {
            found.push(font);
        }
    }
    found
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn styles_come_in_the_order_of_their_names() {
        let scratch = Scratch::new("styles");
        for (name, words) in [("20-page.css", "two"), ("10-base.css", "one"), ("notes.txt", "no")] {
            fs::write(scratch.path().join(name), words).expect("written");
        }
        assert_eq!(styles(scratch.path()).expect("read"), "one\ntwo\n");
    }

    #[test]
    fn fonts_are_found_however_they_are_quoted() {
        let styles =
            r#"src: url("fonts/a-latin.woff2") format("woff2"), url(fonts/b.woff2); url('fonts/a-latin.woff2')"#;
        assert_eq!(fonts(styles), ["a-latin.woff2", "b.woff2"]);
        assert!(fonts("/* no fonts/ here, nor fonts/readme.txt */").is_empty());
    }
}
