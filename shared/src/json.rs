//! Reads JSON into the types that screens know, in as little code as a phone need download.
//!
//! `serde_json` reads any JSON and says what is wrong with it, in words; that is a fifth of what a
//! citizen's page would download. What a screen reads was written by the server of the same build,
//! and when it cannot be read there is one thing to do, whatever is wrong: ask for everything anew.
//! So there is one error here, and numbers are whole, as they are in every view.

use std::borrow::Cow;

use serde::{
    Deserialize, Deserializer, de,
    de::{DeserializeSeed, IntoDeserializer as _, Visitor},
    forward_to_deserialize_any,
};

/// The text is not JSON, or not of this shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

/// Reads one value, which must be all of the text.
pub fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Unreadable> {
    let mut reader = Reader { text, at: 0 };
    let value = T::deserialize(&mut reader)?;
    match reader.peek() {
        None => Ok(value),
        Some(_) => Err(Unreadable),
    }
}

/// Where reading has come.
struct Reader<'de> {
    text: &'de str,
    at: usize,
}

type Read<T> = Result<T, Unreadable>;

impl<'de> Reader<'de> {
    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    /// Whether the next byte is this one, which is then read.
    fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, byte: u8) -> Read<()> {
        if self.takes(byte) { Ok(()) } else { Err(Unreadable) }
    }

    fn word(&mut self, word: &str) -> Read<()> {
        let rest = self.text.get(self.at..).ok_or(Unreadable)?;
        if rest.starts_with(word) {
            self.at += word.len();
            Ok(())
        } else {
            Err(Unreadable)
        }
    }

    /// The digits of a whole number, and whether it is below zero.
    fn number(&mut self) -> Read<(bool, u64)> {
        let negative = self.takes(b'-');
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut value: u64 = 0;
        while let Some(digit @ b'0'..=b'9') = bytes.get(self.at) {
            value =
                value.checked_mul(10).and_then(|value| value.checked_add(u64::from(digit - b'0'))).ok_or(Unreadable)?;
            self.at += 1;
        }
        let is_whole = !matches!(bytes.get(self.at), Some(b'.' | b'e' | b'E'));
        let is_written_so = match value {
            0 => !negative && self.at == start + 1,
            _ => bytes[start] != b'0',
        };
        if is_whole && is_written_so { Ok((negative, value)) } else { Err(Unreadable) }
    }

    fn string(&mut self) -> Read<Cow<'de, str>> {
        self.expect(b'"')?;
        let mut owned = String::new();
        loop {
            let rest = self.text.get(self.at..).ok_or(Unreadable)?;
            let end = rest.find(['"', '\\']).ok_or(Unreadable)?;
            let (plain, mark) = (&rest[..end], rest.as_bytes()[end]);
            self.at += end + 1;
            if mark == b'"' {
                if owned.is_empty() {
                    return Ok(Cow::Borrowed(plain));
                }
                owned.push_str(plain);
                return Ok(Cow::Owned(owned));
            }
            owned.push_str(plain);
            owned.push(self.escaped()?);
        }
    }

    /// What stands after a backslash.
    fn escaped(&mut self) -> Read<char> {
        let escape = *self.text.as_bytes().get(self.at).ok_or(Unreadable)?;
        self.at += 1;
        Ok(match escape {
            b'"' | b'\\' | b'/' => char::from(escape),
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let mut unit = self.hex()?;
                if (0xD800..0xDC00).contains(&unit) {
                    self.word("\\u")?;
                    let low = self.hex()?.checked_sub(0xDC00).filter(|low| *low < 0x400).ok_or(Unreadable)?;
                    unit = 0x10000 + ((unit - 0xD800) << 10) + low;
                }
                char::from_u32(unit).ok_or(Unreadable)?
            }
            _ => return Err(Unreadable),
        })
    }

    fn hex(&mut self) -> Read<u32> {
        let digits = self.text.get(self.at..self.at + 4).ok_or(Unreadable)?;
        self.at += 4;
        if digits.starts_with('+') {
            return Err(Unreadable);
        }
        u32::from_str_radix(digits, 16).map_err(|_| Unreadable)
    }

    /// Passes over a value, whatever it is.
    fn skip(&mut self) -> Read<()> {
        match self.peek().ok_or(Unreadable)? {
            b'"' => self.string().map(|_| ()),
            open @ (b'{' | b'[') => {
                self.at += 1;
                let close = open + 2;
                let mut first = true;
                while self.goes_on(&mut first, close)? {
                    if open == b'{' {
                        self.string()?;
                        self.expect(b':')?;
                    }
                    self.skip()?;
                }
                Ok(())
            }
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => self.number().map(|_| ()),
        }
    }

    /// Whether a list or an object has another entry; the comma before it, or the end, is then read.
    fn goes_on(&mut self, first: &mut bool, close: u8) -> Read<bool> {
        if self.takes(close) {
            return Ok(false);
        }
        if !std::mem::take(first) {
            self.expect(b',')?;
        }
        self.peek();
        Ok(true)
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.peek().ok_or(Unreadable)? {
            b'"' => self.deserialize_str(visitor),
            b'[' => self.deserialize_seq(visitor),
            b'{' => self.deserialize_map(visitor),
            b't' | b'f' => self.deserialize_bool(visitor),
            b'n' => self.word("null").and_then(|()| visitor.visit_unit()),
            b'-' => self.deserialize_i64(visitor),
            _ => self.deserialize_u64(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let yes = self.peek() == Some(b't');
        self.word(if yes { "true" } else { "false" })?;
        visitor.visit_bool(yes)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.number()? {
            (false, value) => visitor.visit_u64(value),
            (true, _) => Err(Unreadable),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let (negative, size) = self.number()?;
        let value = i64::try_from(size).map_err(|_| Unreadable)?;
        visitor.visit_i64(if negative { -value } else { value })
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.peek();
        match self.string()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.peek() == Some(b'n') {
            self.word("null")?;
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.peek();
        self.word("null")?;
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.expect(b'[')?;
        visitor.visit_seq(Entries { reader: self, first: true })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.expect(b'[')?;
        let value = visitor.visit_seq(Entries { reader: self, first: true })?;
        self.expect(b']')?;
        Ok(value)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.expect(b'{')?;
        visitor.visit_map(Entries { reader: self, first: true })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        // Every enum in a view is a word, or is tagged and comes by `deserialize_any`.
        self.peek();
        match self.string()? {
            Cow::Borrowed(word) => visitor.visit_enum(word.into_deserializer()),
            Cow::Owned(word) => visitor.visit_enum(word.into_deserializer()),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.skip()?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { i8 i16 i32 u8 u16 f32 f64 char bytes byte_buf unit_struct tuple_struct }
}

/// The entries of a list or an object that is being read.
struct Entries<'a, 'de> {
    reader: &'a mut Reader<'de>,
    first: bool,
}

impl<'de> de::SeqAccess<'de> for Entries<'_, 'de> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        if self.reader.goes_on(&mut self.first, b']')? {
            seed.deserialize(&mut *self.reader).map(Some)
        } else {
            Ok(None)
        }
    }
}

impl<'de> de::MapAccess<'de> for Entries<'_, 'de> {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        if self.reader.goes_on(&mut self.first, b'}')? {
            seed.deserialize(&mut *self.reader).map(Some)
        } else {
            Ok(None)
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Read<V::Value> {
        self.reader.expect(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("unreadable")
    }
}

impl std::error::Error for Unreadable {}

/// Whatever serde has to say, it is this; the words are never made.
impl de::Error for Unreadable {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        Act, Moment, Phase, QuestionId, Refusal, Source, Status,
        problem::Problem,
        views::{Answer, Mine, ModeratorCard, PublicCard},
    };

    fn card() -> impl Strategy<Value = PublicCard> {
        let answer = (any::<String>(), any::<bool>()).prop_map(|(text, spoken)| Answer {
            text,
            spoken,
            by: "Judith".into(),
            at: Moment("2026-05-12T14:09:00+02:00".into()),
            corrected: !spoken,
        });
        let parts = (any::<u64>(), any::<String>(), any::<Option<String>>(), any::<u32>());
        (parts, prop::option::of(answer), prop::collection::vec(any::<u64>(), 0..3)).prop_map(
            |((id, text, name, support), answer, wordings)| PublicCard {
                id: QuestionId(id),
                text: text.clone(),
                name,
                source: Source::Hall,
                link: None,
                topics: vec![text],
                asked_at: Moment("2026-05-12T14:09:00+02:00".into()),
                status: Status::OnStage,
                support,
                edited: true,
                lead: wordings.first().copied().map(QuestionId),
                wordings: wordings.into_iter().map(QuestionId).collect(),
                answer,
            },
        )
    }

    proptest! {
        #[test]
        fn a_card_is_read_as_it_was_written(card in card()) {
            let text = serde_json::to_string(&card).expect("written");
            prop_assert_eq!(read::<PublicCard>(&text), Ok(card.clone()));
            let spaced = serde_json::to_string_pretty(&card).expect("written");
            prop_assert_eq!(read::<PublicCard>(&spaced), Ok(card.clone()));
            let moderators =
                ModeratorCard { note: Some("\"".into()), version: 3, ..ModeratorCard::untouched(card) };
            let text = serde_json::to_string(&moderators).expect("written");
            prop_assert_eq!(read::<ModeratorCard>(&text), Ok(moderators));
        }

        #[test]
        fn any_text_is_read_as_serde_json_reads_it_or_not_at_all(text in r#"[\[\]{}",:\\ untrlsefa0-9.e\-]{0,24}"#) {
            if let Ok(value) = read::<serde_json::Value>(&text) {
                prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&text).ok(), Some(value));
            }
        }

        #[test]
        fn what_serde_json_writes_is_readable(text in any::<String>(), number: u64, below in i64::MIN + 1..0) {
            let value = serde_json::json!({ text.clone(): [null, true, { "n": number, "b": below, "t": text }], "": [] });
            prop_assert_eq!(read::<serde_json::Value>(&value.to_string()), Ok(value));
        }
    }

    #[test]
    fn refusals_are_read_with_what_belongs_to_them() {
        for refusal in [
            Refusal::Empty,
            Refusal::OnlyHashtags,
            Refusal::TooLong { length: 501, max: 500 },
            Refusal::Field { field: "title".into() },
            Refusal::HashtagTaken,
            Refusal::AlreadyAsked { question: QuestionId(7) },
            Refusal::BoxClosed { phase: Phase::Closed },
            Refusal::WrongStatus { now: Status::Answered },
            Refusal::Changed { by: "Ayşe".into(), act: Act::Bundled },
            Refusal::IsBundled { into: QuestionId(8) },
            Refusal::NoBundle,
            Refusal::QueueChanged,
            Refusal::CannotUndo,
            Refusal::NotFound,
            Refusal::Unauthorized,
            Refusal::Forbidden,
            Refusal::CrossSite,
            Refusal::TooFast { retry_after: 9 },
            Refusal::TooLarge,
            Refusal::Malformed,
            Refusal::NotStored,
        ] {
            let text = serde_json::to_string(&refusal).expect("written");
            assert_eq!(read(&text), Ok(refusal.clone()), "{text}");
            let problem = Problem { kind: "urn:x".into(), title: "x".into(), status: 409, detail: "y".into(), refusal };
            let text = serde_json::to_string(&problem).expect("written");
            assert_eq!(read(&text), Ok(problem), "{text}");
        }
    }

    #[test]
    fn a_pair_and_what_is_not_known_are_read_too() {
        let mine = Mine::default();
        let text = format!(
            r#"[{{"new":[1,{{"x":"\ud83d\ude80"}}],{} , 5 ]"#,
            &serde_json::to_string(&mine).expect("written")[1..]
        );
        assert_eq!(read(&text), Ok((mine, 5_u32)), "{text}");
        assert_eq!(read::<(u32, u32)>("[1,2,3]"), Err(Unreadable));
        assert_eq!(read::<u32>("1 1"), Err(Unreadable));
        assert_eq!(read::<String>(r#""\ud83d""#), Err(Unreadable));
    }
}
