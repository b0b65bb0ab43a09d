//! Compresses files once, at build time, so that the server only hands them out.

use std::{
    ffi::OsString,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};

/// What compresses well; pictures and fonts of today are compressed already.
const COMPRESSIBLE: [&str; 5] = ["css", "js", "json", "svg", "wasm"];
/// Above this, only a build for trying things out, the best compression is not worth the wait.
const HUGE: usize = 8_000_000;

/// Whether a file and its compressed forms are there with these bytes.
pub fn is_current(path: &Path, bytes: &[u8]) -> bool {
    fs::read(path).is_ok_and(|written| written == bytes)
        && (!is_compressible(path) || (beside(path, "br").is_file() && beside(path, "gz").is_file()))
}

/// Writes a file and, where it helps, its compressed forms beside it.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    if is_compressible(path) {
        fs::write(beside(path, "br"), brotli(bytes)?)?;
        fs::write(beside(path, "gz"), gzip(bytes)?)?;
    }
    // Last, so that a write that was cut short is not taken for current.
    fs::write(path, bytes)
}

/// The size of a file's smallest form, when it has one.
pub fn pressed_size(path: &Path) -> Option<usize> {
    let bytes = fs::metadata(beside(path, "br")).ok()?.len();
    usize::try_from(bytes).ok()
}

fn is_compressible(path: &Path) -> bool {
    path.extension().and_then(|extension| extension.to_str()).is_some_and(|extension| COMPRESSIBLE.contains(&extension))
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".");
    name.push(suffix);
    name.into()
}

fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let quality = if bytes.len() > HUGE { 5 } else { 11 };
    let parameters = brotli::enc::BrotliEncoderParams { quality, ..Default::default() };
    let mut pressed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut pressed, &parameters)?;
    Ok(pressed)
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn what_was_compressed_unfolds_to_the_same() {
        let bytes = "wethouder, wanneer? ".repeat(500).into_bytes();
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut &brotli(&bytes).expect("pressed")[..], &mut plain).expect("brotli");
        assert_eq!(plain, bytes);
        plain.clear();
        flate2::read::GzDecoder::new(&gzip(&bytes).expect("pressed")[..]).read_to_end(&mut plain).expect("gzip");
        assert_eq!(plain, bytes);
    }

    #[test]
    fn fonts_are_left_as_they_are() {
        assert!(is_compressible(Path::new("samenspraak_bg.wasm")));
        assert!(!is_compressible(Path::new("fonts/letters.woff2")));
    }
}
