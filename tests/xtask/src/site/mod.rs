//! The site: everything a browser downloads, gathered in `frontend/dist`, compressed beforehand.

mod budget;
mod bundle;
mod press;
mod statics;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use crate::{
    places,
    progress::{Stopwatch, heading, size},
    tools,
};

/// Files by the path that they get in the site, with `/` between folders.
type Files = BTreeMap<String, Vec<u8>>;

/// How much work goes into the WebAssembly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Builds fast, runs and downloads slowly: for trying things out.
    Dev,
    /// Small and fast: what is deployed and tested.
    Release,
}

/// Brings `frontend/dist` up to date. What did not change is not written again, so that the server,
/// which embeds the folder, is only rebuilt when it must be.
pub fn build(effort: Effort) -> Result<()> {
    let watch = Stopwatch::start();
    tools::wasm_target()?;
    tools::npm("frontend")?;
    heading(watch, "site: WebAssembly");
    let mut files = bundle::build(effort)?;
    heading(watch, "site: styles, fonts and compression");
    files.extend(statics::gather(&places::inside("frontend"))?);
    let changed = publish(&files, &places::dist())?;
    heading(watch, &format!("site: {} files, {changed} changed", files.len()));
    for (name, bytes) in files.iter().filter(|(_, bytes)| bytes.len() > 10_000) {
        let pressed = press::pressed_size(&places::dist().join(name));
        let note = pressed.map_or(String::new(), |pressed| format!(", {} as brotli", size(pressed)));
        println!("        {name}: {}{note}", size(bytes.len()));
    }
    if effort == Effort::Release {
        let wasm = places::dist().join("citizens_bg.wasm");
        budget::check(press::pressed_size(&wasm).context("the citizen's WebAssembly is not there")?)?;
    }
    Ok(())
}

/// Makes sure that the folder the server embeds is there, however empty.
pub fn make_room() -> Result<()> {
    let dist = places::dist();
    fs::create_dir_all(&dist).with_context(|| format!("cannot make {}", dist.display()))
}

/// Writes what changed, with its compressed forms, and removes what is no longer part of the site.
/// Returns how many files were written.
fn publish(files: &Files, dist: &Path) -> Result<usize> {
    fs::create_dir_all(dist)?;
    let stale: Vec<_> = files.iter().filter(|(name, bytes)| !press::is_current(&dist.join(name), bytes)).collect();
    std::thread::scope(|scope| {
        let press = |name: &str, bytes: &[u8]| {
            press::write(&dist.join(name), bytes).with_context(|| format!("cannot write {name}"))
        };
        let presses: Vec<_> = stale.iter().map(|&(name, bytes)| scope.spawn(move || press(name, bytes))).collect();
        presses.into_iter().try_for_each(|press| press.join().expect("compressing does not panic"))
    })?;
    for path in files_under(dist)? {
        let name = name_under(dist, &path);
        let plain = name.strip_suffix(".br").or(name.strip_suffix(".gz")).unwrap_or(&name);
        if !files.contains_key(plain) {
            fs::remove_file(&path)?;
        }
    }
    Ok(stale.len())
}

/// Every file in a folder and the folders in it.
fn files_under(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A file's path inside a folder, with `/` between its parts on every system.
fn name_under(folder: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(folder).unwrap_or(path).components();
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn only_what_changed_is_written_and_what_left_is_removed() {
        let scratch = Scratch::new("publish");
        let mut files =
            Files::from([("app.css".to_owned(), b"a {}".to_vec()), ("fonts/a.woff2".to_owned(), vec![1, 2])]);
        assert_eq!(publish(&files, scratch.path()).expect("written"), 2);
        assert_eq!(publish(&files, scratch.path()).expect("nothing to do"), 0);
        files.insert("app.css".to_owned(), b"b {}".to_vec());
        files.remove("fonts/a.woff2");
        assert_eq!(publish(&files, scratch.path()).expect("written"), 1);
        let names: Vec<_> =
            files_under(scratch.path()).expect("listed").iter().map(|path| name_under(scratch.path(), path)).collect();
        assert_eq!(names, ["app.css", "app.css.br", "app.css.gz"]);
    }
}
