//! What a citizen's phone may have to download before the page is alive.

use anyhow::{Result, ensure};

use crate::progress::size;

/// The most that the WebAssembly of the citizen's page may be, in bytes as brotli. The aim is 150,000;
/// this is what was reached, and a little room for a sentence or two. Whoever needs more looks first at
/// what grew: mostly a type that the renderer, or serde, had not met before.
const MOST: usize = 173_000;

/// Says what the citizen's page downloads; an error when that is too much.
pub fn check(pressed: usize) -> Result<()> {
    println!("        a citizen's page downloads {} of WebAssembly, of at most {}", size(pressed), size(MOST));
    ensure!(
        pressed <= MOST,
        "the citizen's WebAssembly grew to {pressed} bytes (brotli), above the {MOST} in tests/xtask/src/site/budget.rs"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_byte_too_many_is_an_error() {
        assert!(check(MOST).is_ok());
        assert!(check(MOST + 1).is_err());
    }
}
