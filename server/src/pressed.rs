//! A body that is sent many times: it is compressed once for each coding, when somebody first
//! accepts it, and known by a tag.

use std::{io::Write, sync::OnceLock};

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, header},
};
use flate2::{Compression, write::GzEncoder};

use crate::digest::short_digest;

/// Brotli's and gzip's effort: bodies change with every vote, so that the last percents are not
/// worth their time.
const BROTLI: i32 = 5;
const GZIP: Compression = Compression::new(6);
/// Below this there is nothing to gain.
const SMALL: usize = 256;

/// How a body can be coded on its way (RFC 9110, 8.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// Brotli (RFC 7932).
    Brotli,
    /// The gzip format (RFC 1952).
    Gzip,
    /// As it is.
    Plain,
}

/// A body in its three forms.
#[derive(Debug)]
pub struct Pressed {
    plain: Form,
    gzip: OnceLock<Form>,
    brotli: OnceLock<Form>,
}

/// A body as it goes out.
#[derive(Debug, Clone)]
pub struct Form {
    /// The bytes.
    pub body: Bytes,
    /// How they are coded.
    pub coding: Coding,
    /// Their strong entity tag, quotes included; another for each coding (RFC 9110, 8.8.3).
    pub etag: HeaderValue,
}

impl Pressed {
    /// This body, not yet compressed.
    pub fn new(body: impl Into<Bytes>) -> Self {
        let plain = Form::new(body.into(), Coding::Plain, "");
        Self { plain, gzip: OnceLock::new(), brotli: OnceLock::new() }
    }

    /// The body as it is.
    pub fn plain(&self) -> &Bytes {
        &self.plain.body
    }

    /// The form for a reader who accepts this coding.
    pub fn form(&self, coding: Coding) -> &Form {
        let body = &self.plain.body;
        match coding {
            Coding::Gzip if body.len() > SMALL => self.gzip.get_or_init(|| Form::new(gzip(body), coding, "-gzip")),
            Coding::Brotli if body.len() > SMALL => self.brotli.get_or_init(|| Form::new(brotli(body), coding, "-br")),
            _ => &self.plain,
        }
    }
}

impl Form {
    fn new(body: Bytes, coding: Coding, suffix: &str) -> Self {
        let etag = format!("\"{}{suffix}\"", short_digest([&body[..]]));
        // The digest's alphabet is plain ASCII.
        let etag = HeaderValue::try_from(etag).unwrap_or(HeaderValue::from_static("\"\""));
        Self { body, coding, etag }
    }
}

impl Coding {
    /// The best one that the reader accepts (RFC 9110, 12.5.3).
    pub fn accepted(headers: &HeaderMap) -> Self {
        let values = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
        let mut best = Self::Plain;
        for part in values.flat_map(|value| value.split(',')) {
            let (name, weight) = part.split_once(';').unwrap_or((part, ""));
            let refused = weight.trim().strip_prefix("q=").is_some_and(|weight| weight.parse() == Ok(0.0));
            match name.trim() {
                "br" if !refused => return Self::Brotli,
                "gzip" if !refused => best = Self::Gzip,
                _ => {}
            }
        }
        best
    }

    /// Its name in `Content-Encoding`, when there is one.
    pub fn name(self) -> Option<HeaderValue> {
        match self {
            Self::Brotli => Some(HeaderValue::from_static("br")),
            Self::Gzip => Some(HeaderValue::from_static("gzip")),
            Self::Plain => None,
        }
    }
}

fn gzip(body: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), GZIP);
    // Writing to memory cannot fail.
    let _ = encoder.write_all(body);
    encoder.finish().unwrap_or_default().into()
}

fn brotli(body: &[u8]) -> Bytes {
    let parameters = ::brotli::enc::BrotliEncoderParams { quality: BROTLI, ..Default::default() };
    let mut pressed = Vec::new();
    let _ = ::brotli::BrotliCompress(&mut &body[..], &mut pressed, &parameters);
    pressed.into()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn accepted(value: &str) -> Coding {
        Coding::accepted(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, value.parse().expect("a value"))]))
    }

    #[test]
    fn the_best_coding_is_taken_that_is_not_refused() {
        assert_eq!(accepted("gzip, deflate, br, zstd"), Coding::Brotli);
        assert_eq!(accepted("gzip;q=1.0, br;q=0"), Coding::Gzip);
        assert_eq!(accepted("br;q=0.000, gzip;q=0"), Coding::Plain);
        assert_eq!(accepted("identity"), Coding::Plain);
        assert_eq!(Coding::accepted(&HeaderMap::new()), Coding::Plain);
    }

    #[test]
    fn every_form_unfolds_to_the_same_and_has_a_tag_of_its_own() {
        let body = "wethouder, wanneer? ".repeat(500);
        let pressed = Pressed::new(body.clone());
        let mut unfolded = String::new();
        flate2::read::GzDecoder::new(&pressed.form(Coding::Gzip).body[..]).read_to_string(&mut unfolded).expect("gzip");
        assert_eq!(unfolded, body);
        let mut unfolded = Vec::new();
        ::brotli::BrotliDecompress(&mut &pressed.form(Coding::Brotli).body[..], &mut unfolded).expect("brotli");
        assert_eq!(unfolded, body.as_bytes());
        let tags = [Coding::Plain, Coding::Gzip, Coding::Brotli].map(|coding| pressed.form(coding).etag.clone());
        assert!(tags[0] != tags[1] && tags[1] != tags[2] && tags[0] != tags[2]);
        let small = Pressed::new("klein");
        assert_eq!(small.form(Coding::Brotli).coding, Coding::Plain);
    }
}
