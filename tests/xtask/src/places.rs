//! Where things lie in the workspace.

use std::{
    env,
    path::{Path, PathBuf},
};

/// The folder that holds the workspace's `Cargo.toml`.
pub fn root() -> &'static Path {
    // This crate is `tests/xtask`.
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new("."))
}

/// A path inside the workspace, absolute.
pub fn inside(path: &str) -> PathBuf {
    root().join(path)
}

/// Where Cargo builds.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| inside("target"), |dir| root().join(dir))
}

/// Where Cargo builds for the browser; apart, because that build turns on other features.
pub fn wasm_target() -> PathBuf {
    target().join("wasm")
}

/// The site, as the server embeds it.
pub fn dist() -> PathBuf {
    inside("frontend/dist")
}

/// The server as built with a profile: `debug` or `release`.
pub fn server(profile: &str) -> PathBuf {
    target().join(profile).join(format!("samenspraak{}", env::consts::EXE_SUFFIX))
}
