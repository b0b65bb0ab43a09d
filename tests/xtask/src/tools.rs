//! The tools a fresh machine may lack: each is looked for first and only then installed.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};

use crate::{places, run};

/// Rust's target for the browser.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The version of cargo-fuzz.
const CARGO_FUZZ: &str = "0.13.2";
/// The module nchan, as Debian installs it.
pub const NCHAN: &str = "/usr/lib/nginx/modules/ngx_nchan_module.so";

const NODE_NEEDED: &str = "Node.js with npm is needed (version 20 or later): https://nodejs.org";
const PYTHON_NEEDED: &str = "Python 3 with venv and pip is needed to try another language's websocket client: \
                             https://www.python.org; `cargo xtask test --quick` goes without";
const CHROMIUM_NEEDED: &str = "the browser tests need Chromium: install it, or say where one is with \
                               SAMENSPRAAK_CHROMIUM; `cargo xtask test --quick` goes without";

/// Makes sure that Rust can build for the browser.
pub fn wasm_target() -> Result<()> {
    let libraries = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", WASM])
        .current_dir(places::root())
        .output()
        .context("Rust's compiler is not on the PATH")?;
    if Path::new(String::from_utf8_lossy(&libraries.stdout).trim()).is_dir() {
        return Ok(());
    }
    run::follow(Command::new("rustup").args(["target", "add", WASM]).current_dir(places::root())).with_context(|| {
        format!(
            "Rust cannot build for the browser yet: install its target {WASM} (with rustup: `rustup target add {WASM}`)"
        )
    })
}

/// Makes sure that the npm packages of a folder of the workspace are there, as its lock file says.
pub fn npm(folder: &str) -> Result<()> {
    let folder = places::inside(folder);
    let modified = |path: &str| fs::metadata(folder.join(path)).and_then(|meta| meta.modified()).ok();
    let locked = modified("package-lock.json");
    let installed = modified("node_modules/.package-lock.json");
    if installed.is_some() && installed >= locked {
        return Ok(());
    }
    ensure!(folder.join("package.json").is_file(), "there is no package.json in {}", folder.display());
    let npm = or_install("npm", &["nodejs", "npm"], NODE_NEEDED)?;
    let command = if locked.is_some() { "ci" } else { "install" };
    run::follow(Command::new(npm).args([command, "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&folder))
}

/// Node.js, which drives the browser in tests.
pub fn node() -> Result<PathBuf> {
    or_install("node", &["nodejs", "npm"], NODE_NEEDED)
}

/// Builds and runs the fuzz targets.
pub fn cargo_fuzz() -> Result<PathBuf> {
    let own = places::target().join("tools/bin").join(format!("cargo-fuzz{}", env::consts::EXE_SUFFIX));
    if let Some(path) = run::which("cargo-fuzz").or_else(|| own.is_file().then(|| own.clone())) {
        return Ok(path);
    }
    let mut command = run::cargo(["install", "cargo-fuzz", "--version", CARGO_FUZZ, "--locked", "--root"]);
    run::follow(command.arg(places::target().join("tools")))?;
    Ok(own)
}

/// A Python with the packages that a folder's `requirements.txt` names, in an environment of its own.
pub fn python(folder: &str) -> Result<PathBuf> {
    let wanted = places::inside(folder).join("requirements.txt");
    let environment = places::target().join("python");
    let (python, has) = (environment.join("bin/python"), environment.join("has.txt"));
    if python.is_file() && fs::read(&wanted).ok() == fs::read(&has).ok() {
        return Ok(python);
    }
    let base = or_install("python3", &["python3", "python3-venv"], PYTHON_NEEDED)?;
    if run::follow(Command::new(&base).args(["-m", "venv", "--clear"]).arg(&environment)).is_err() {
        // Debian has the module in a package of its own.
        install(&["python3-venv"], PYTHON_NEEDED)?;
        run::follow(Command::new(&base).args(["-m", "venv", "--clear"]).arg(&environment)).context(PYTHON_NEEDED)?;
    }
    let quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    run::follow(Command::new(&python).args(quiet).arg(&wanted)).context(PYTHON_NEEDED)?;
    fs::copy(&wanted, &has)?;
    Ok(python)
}

/// A Chromium to drive in tests: `SAMENSPRAAK_CHROMIUM`, one on the `PATH`, or one installed now.
pub fn chromium() -> Result<PathBuf> {
    if let Some(path) = env::var_os("SAMENSPRAAK_CHROMIUM") {
        return Ok(path.into());
    }
    let known = ["chromium-browser", "google-chrome-stable", "google-chrome"].into_iter().find_map(run::which);
    // Emoji and Arabic are in the scenarios; without fonts for them the browser draws boxes.
    let packages = ["chromium", "fonts-noto-color-emoji", "fonts-noto-core"];
    known.map_or_else(|| or_install("chromium", &packages, CHROMIUM_NEEDED), Ok)
}

/// nginx, to compare with.
pub fn nginx() -> Result<PathBuf> {
    or_install("nginx", &["nginx-light"], "nginx is needed to compare with")
}

/// nginx with the module nchan, to compare with.
pub fn nchan() -> Result<PathBuf> {
    let nginx = nginx()?;
    if !Path::new(NCHAN).is_file() {
        install(&["libnginx-mod-nchan"], "nchan is needed to compare with")?;
    }
    ensure!(Path::new(NCHAN).is_file(), "nchan is not where Debian puts it: {NCHAN}");
    Ok(nginx)
}

/// wrk, which asks for pages as fast as it can.
pub fn wrk() -> Result<PathBuf> {
    or_install("wrk", &["wrk"], "wrk is needed to measure pages: https://github.com/wg/wrk")
}

/// Where a program is; when it is nowhere, and this is a Debian or Ubuntu on which one may, its
/// packages are installed.
fn or_install(program: &str, packages: &[&str], needed: &'static str) -> Result<PathBuf> {
    if let Some(path) = run::which(program) {
        return Ok(path);
    }
    install(packages, needed)?;
    run::which(program).context(needed)
}

/// Installs packages where this is a Debian or Ubuntu and one may.
fn install(packages: &[&str], needed: &'static str) -> Result<()> {
    ensure!(is_root() && run::which("apt-get").is_some(), needed);
    run::follow(apt().args(["update", "-qq"]))?;
    run::follow(apt().args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages)).context(needed)
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    // What is installed is started by whoever needs it, not by the system (invoke-rc.d).
    command.env("RUNLEVEL", "1");
    command
}

#[cfg(unix)]
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}
