//! `cargo xtask kills`: the long form of the test that cuts the power under load.

use anyhow::Result;

use crate::{places, run, site};

/// The test, in the binary that tests the server through its front door.
const TEST: &str = "crash::power_cuts_lose_nothing_confirmed";

/// Builds the server and the tests, and cuts the power this many times; the last line says what was
/// seen. An error when anything confirmed was lost.
pub fn run(rounds: u32, debug: bool) -> Result<()> {
    site::make_room()?;
    let mut build = run::cargo(["build", "--package", "samenspraak"]);
    if !debug {
        build.arg("--release");
    }
    run::follow(&mut build)?;
    let mut test = run::cargo(["test", "--package", "samenspraak-tests", "--", "--exact", TEST, "--nocapture"]);
    test.env("SAMENSPRAAK_BIN", places::server(if debug { "debug" } else { "release" }));
    test.env("SAMENSPRAAK_KILLS", rounds.to_string());
    run::follow(&mut test)
}
