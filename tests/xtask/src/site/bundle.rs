//! The frontend as WebAssembly, with the JavaScript that loads it.

use std::{
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::Path,
};

use anyhow::{Context as _, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::{Effort, Files, files_under, name_under};
use crate::{places, run, tools::WASM};

/// The frontend's features that each make a bundle: `citizens.js` with `citizens_bg.wasm`, and so on.
const BUNDLES: [&str; 3] = ["citizens", "wall", "staff"];

/// Compiles and bundles the frontend, or takes the last bundles when nothing changed.
pub fn build(effort: Effort) -> Result<Files> {
    let mut files = Files::new();
    for name in BUNDLES {
        files.extend(build_one(name, effort)?);
    }
    Ok(files)
}

fn build_one(name: &str, effort: Effort) -> Result<Files> {
    let (profile, folder) = match effort {
        Effort::Dev => ("dev", "debug"),
        Effort::Release => ("wasm", "wasm"),
    };
    run::follow(
        run::cargo(["build", "--package", "samenspraak-frontend", "--lib", "--features", name])
            .args(["--target", WASM, "--profile", profile, "--target-dir"])
            .arg(places::wasm_target()),
    )?;
    let compiled = places::wasm_target().join(WASM).join(folder).join("samenspraak_frontend.wasm");
    let bundled = places::wasm_target().join("site").join(folder).join(name);
    bundle(name, &compiled, &bundled, effort)?;
    files_under(&bundled)?.iter().map(|path| Ok((name_under(&bundled, path), fs::read(path)?))).collect()
}

/// Makes a web module of compiled WebAssembly, unless it was made of the same before.
fn bundle(name: &str, compiled: &Path, bundled: &Path, effort: Effort) -> Result<()> {
    let bytes = fs::read(compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    let stamp = format!("{:016x}", hasher.finish());
    let stamped = bundled.with_extension("stamp");
    if fs::read_to_string(&stamped).is_ok_and(|last| last == stamp) {
        return Ok(());
    }
    if bundled.exists() {
        fs::remove_dir_all(bundled)?;
    }
    fs::create_dir_all(bundled)?;
    Bindgen::new()
        .input_bytes(name, bytes)
        .web(true)?
        .typescript(false)
        .remove_name_section(effort == Effort::Release)
        .remove_producers_section(true)
        .out_name(name)
        .generate(bundled)
        .context("the WebAssembly could not be bundled; wasm-bindgen and its bundler must have the same version")?;
    fs::write(stamped, stamp)?;
    Ok(())
}
