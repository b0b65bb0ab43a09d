//! The first few fields of a Jetstream message, read from its bytes without reading the rest.

/// What the beginning of a message says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head<'a> {
    /// When Jetstream passed it on, in microseconds since 1970.
    pub time: i64,
    /// Whose it is.
    pub did: &'a str,
    /// What it is about.
    pub about: About<'a>,
    /// The bytes that were not looked at, in which the record is.
    pub rest: &'a [u8],
}

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About<'a> {
    /// A record, of which what it says was not looked at.
    Record {
        /// What was done: `create`, `update` or `delete`.
        operation: &'a str,
        /// What kind of record.
        collection: &'a str,
        /// Its key.
        rkey: &'a str,
    },
    /// Something else.
    Other,
}

/// Reads the beginning of a message; nothing when it does not look as Jetstream writes it, and has to be
/// read whole.
///
/// Jetstream writes `did`, `time_us` and `kind` before `commit`, and `operation`, `collection` and `rkey`
/// before `record`. Since all before the record is read here in order, nothing that an author puts into a
/// record can pass for it.
pub fn head(bytes: &[u8]) -> Option<Head<'_>> {
    if bytes.last() != Some(&b'}') {
        return None;
    }
    let mut walk = Walk { bytes, at: 0 };
    let (mut did, mut time, mut kind) = (None, None, None);
    walk.skip(b'{')?;
    loop {
        let key = walk.word()?;
        walk.skip(b':')?;
        match key {
            "did" => did = Some(walk.word()?),
            "time_us" => time = Some(walk.number()?),
            "kind" => kind = Some(walk.word()?),
            "commit" => {
                let about = walk.record()?;
                let rest = &bytes[walk.at..];
                return (kind? == "commit").then_some(Head { time: time?, did: did?, about, rest });
            }
            "account" | "identity" => {
                return Some(Head { time: time?, did: did?, about: About::Other, rest: &bytes[walk.at..] });
            }
            _ => walk.pass()?,
        }
        walk.skip(b',')?;
    }
}

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Walk<'a> {
    fn skip(&mut self, byte: u8) -> Option<()> {
        (self.bytes.get(self.at) == Some(&byte)).then(|| self.at += 1)
    }

    /// A string without escapes.
    fn word(&mut self) -> Option<&'a str> {
        self.skip(b'"')?;
        let rest = &self.bytes[self.at..];
        let end = memchr::memchr2(b'"', b'\\', rest)?;
        (rest[end] == b'"').then_some(())?;
        self.at += end + 1;
        std::str::from_utf8(&rest[..end]).ok()
    }

    fn number(&mut self) -> Option<i64> {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += length;
        std::str::from_utf8(&rest[..length]).ok()?.parse().ok()
    }

    /// A value that is of no interest, when it is a simple one.
    fn pass(&mut self) -> Option<()> {
        if self.bytes.get(self.at) == Some(&b'"') { self.word().map(drop) } else { self.number().map(drop) }
    }

    fn record(&mut self) -> Option<About<'a>> {
        let (mut operation, mut collection, mut rkey) = (None, None, None);
        self.skip(b'{')?;
        loop {
            let key = self.word()?;
            self.skip(b':')?;
            match key {
                "operation" => operation = Some(self.word()?),
                "collection" => collection = Some(self.word()?),
                "rkey" => rkey = Some(self.word()?),
                "record" => break,
                _ => self.pass()?,
            }
            if self.skip(b',').is_none() {
                break;
            }
        }
        Some(About::Record { operation: operation?, collection: collection?, rkey: rkey? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_stands_before_the_record() {
        let bytes = br#"{"did":"did:plc:a","time_us":17,"kind":"commit","commit":{"rev":"r","operation":"create","collection":"app.bsky.feed.post","rkey":"k","record":{"text":"\"operation\""},"cid":"c"}}"#;
        let about = About::Record { operation: "create", collection: "app.bsky.feed.post", rkey: "k" };
        let rest = br#"{"text":"\"operation\""},"cid":"c"}}"#;
        assert_eq!(head(bytes), Some(Head { time: 17, did: "did:plc:a", about, rest }));
    }

    #[test]
    fn reads_a_deletion_and_fields_that_were_added_since() {
        let bytes = br#"{"did":"did:plc:a","time_us":17,"cursor":5,"kind":"commit","commit":{"rev":"r","operation":"delete","collection":"app.bsky.feed.post","rkey":"k"}}"#;
        let about = About::Record { operation: "delete", collection: "app.bsky.feed.post", rkey: "k" };
        assert_eq!(head(bytes).map(|head| head.about), Some(about));
    }

    #[test]
    fn does_not_guess_about_another_order_or_half_a_message() {
        assert_eq!(head(br#"{"commit":{"record":{}},"did":"did:plc:a","time_us":17,"kind":"commit"}"#), None);
        assert_eq!(head(br#"{"did":"did:plc:a","time_us":17,"kind":"commit","commit":{"rev":"r","#), None);
        assert_eq!(head(br#"{"did":"did:plc:a","kind":"account","account":{}}"#), None);
        assert_eq!(head(b"}"), None);
        assert_eq!(head(b""), None);
        assert_eq!(head(br#"{ "did" : "did:plc:a" }"#), None);
    }

    #[test]
    fn a_record_cannot_pass_for_the_beginning() {
        let bytes = br#"{"did":"did:plc:a","time_us":17,"kind":"commit","commit":{"record":{"operation":"delete","collection":"app.bsky.feed.post","rkey":"of another"},"operation":"create"}}"#;
        assert_eq!(head(bytes), None);
    }
}
