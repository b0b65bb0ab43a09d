//! The HTML of a post as plain text: what a reader sees of it, with line breaks and whole addresses.

use std::cell::RefCell;

use html5ever::{
    buffer_queue::BufferQueue,
    tendril::StrTendril,
    tokenizer::{
        Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::RawKind::{Rawtext, ScriptData},
    },
};

/// As much HTML as is read, in bytes; the longest question is a hundredth of it.
const LONGEST: usize = 64 * 1024;

/// The words of a piece of HTML: paragraphs and `<br>` become line breaks, list items begin with `- `, the
/// note under which older programs see a quoted post goes. Of HTML longer than 64 KiB only that much is
/// read. The words may hold anything else that their author typed: clean them before showing them.
pub fn text(html: &str) -> String {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(beginning(html)));
    let tokenizer = Tokenizer::new(Words::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.page.into_inner().out.trim().to_owned()
}

/// As much as is read, without a tag that is only half in it.
fn beginning(html: &str) -> &str {
    let read = &html[..html.floor_char_boundary(LONGEST)];
    match read.rfind('<') {
        Some(start) if read.len() < html.len() && !read[start..].contains('>') => &read[..start],
        _ => read,
    }
}

#[derive(Default)]
struct Words {
    page: RefCell<Page>,
}

#[derive(Default)]
struct Page {
    out: String,
    /// Line breaks to come before the next word.
    breaks: usize,
    /// A blank to come before the next word.
    blank: bool,
    /// Whether the next word begins an item of a list.
    item: bool,
    /// How many `<pre>` we are in: there, blanks and line ends count.
    kept_as_is: usize,
    /// The element whose words are left out, and how many of its name are open.
    left_out: Option<(String, usize)>,
}

impl TokenSink for Words {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut page = self.page.borrow_mut();
        match token {
            Token::CharacterTokens(words) => page.say(&words),
            Token::TagToken(tag) => return page.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Page {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let (name, opens) = (&*tag.name, tag.kind == TagKind::StartTag);
        if self.is_left_out(name, opens, tag.self_closing) {
            return TokenSinkResult::Continue;
        }
        match name {
            "br" => self.breaks = (self.breaks + 1).min(2),
            "p" | "div" if opens && self.item => {}
            "p" | "div" | "blockquote" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.breaks = 2,
            "li" if opens => (self.breaks, self.item) = (self.breaks.max(1), true),
            "li" | "tr" | "hr" => self.breaks = self.breaks.max(1),
            "td" | "th" => self.blank = true,
            "pre" => {
                self.breaks = 2;
                self.kept_as_is = if opens { self.kept_as_is + 1 } else { self.kept_as_is.saturating_sub(1) };
            }
            // A custom emoji, on some servers.
            "img" => self.say(attribute(tag, "alt")),
            _ => {}
        }
        let hidden =
            matches!(name, "script" | "style" | "iframe" | "noscript" | "template" | "object" | "svg" | "math");
        if opens
            && !tag.self_closing
            && (hidden || attribute(tag, "class").split_whitespace().any(|c| c == "quote-inline"))
        {
            self.left_out = Some((name.to_owned(), 1));
            match name {
                "script" => return TokenSinkResult::RawData(ScriptData),
                "style" | "iframe" | "noscript" => return TokenSinkResult::RawData(Rawtext),
                _ => {}
            }
        }
        TokenSinkResult::Continue
    }

    /// Keeps count of what is left out; whether this tag belongs to it.
    fn is_left_out(&mut self, name: &str, opens: bool, self_closing: bool) -> bool {
        let Some((of, open)) = &mut self.left_out else { return false };
        // A paragraph ends where the next begins; and what was never closed must not swallow the rest.
        let ends_here = name == "p" && (opens || of != "p") && matches!(of.as_str(), "p" | "span" | "a");
        if ends_here {
            self.left_out = None;
            return false;
        }
        if name == of {
            *open = if opens { *open + usize::from(!self_closing) } else { *open - 1 };
            if *open == 0 {
                self.left_out = None;
            }
        }
        true
    }

    fn say(&mut self, words: &str) {
        if self.left_out.is_some() {
            return;
        }
        for c in words.chars() {
            match c {
                '\n' if self.kept_as_is > 0 => self.breaks = (self.breaks + 1).min(2),
                _ if c.is_ascii_whitespace() => self.blank = true,
                _ => {
                    if self.out.is_empty() {
                        // Nothing to stand apart from.
                    } else if self.breaks > 0 {
                        self.out.extend(std::iter::repeat_n('\n', self.breaks));
                    } else if self.blank && !self.out.ends_with(' ') {
                        self.out.push(' ');
                    }
                    if std::mem::take(&mut self.item) {
                        self.out.push_str("- ");
                    }
                    (self.breaks, self.blank) = (0, false);
                    self.out.push(c);
                }
            }
        }
    }
}

fn attribute<'a>(tag: &'a Tag, name: &str) -> &'a str {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map_or("", |attribute| &attribute.value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_what_mastodon_writes() {
        let html = "<p>Waarom is de stalling vol?<br />En <span class=\"h-card\" translate=\"no\">\
            <a href=\"https://m.example/@kim\" class=\"u-url mention\">@<span>kim</span></a></span>, weet jij het &amp; \
            wanneer?</p><p><a href=\"https://m.example/tags/FietsFan010\" class=\"mention hashtag\" rel=\"tag\">#<span>\
            FietsFan010</span></a> <a href=\"https://www.rotterdam.nl/fietsplan-2030-en-verder\"><span class=\"invisible\">\
            https://www.</span><span class=\"ellipsis\">rotterdam.nl/fietsplan-2030-en</span><span class=\"invisible\">\
            -verder</span></a></p>";
        assert_eq!(
            text(html),
            "Waarom is de stalling vol?\nEn @kim, weet jij het & wanneer?\n\n#FietsFan010 https://www.rotterdam.nl/fietsplan-2030-en-verder"
        );
    }

    #[test]
    fn lists_quotes_and_code_keep_their_lines() {
        assert_eq!(text("<p>Drie:</p><ul><li>een</li><li><p>twee</p></li></ul>na"), "Drie:\n\n- een\n- twee\n\nna");
        assert_eq!(text("<blockquote><p>zei zij</p></blockquote><pre><code>a\nb</code></pre>"), "zei zij\n\na\nb");
        assert_eq!(text("  a \n b\t<b>c</b>d "), "a b cd");
    }

    #[test]
    fn the_note_for_programs_that_know_no_quotes_goes() {
        let note = "RE: <a href=\"https://m.example/1\">https://m.example/1</a>";
        assert_eq!(text(&format!("<p class=\"quote-inline\">{note}</p><p>Eens.</p>")), "Eens.");
        assert_eq!(
            text(&format!("<p>Eens.<span class=\"quote-inline\"><br><span>x</span>{note}</span></p><p>Ja</p>")),
            "Eens.\n\nJa"
        );
        assert_eq!(text(&format!("<p class=\"quote-inline\">{note}<p>Eens.")), "Eens.");
        assert_eq!(text(&format!("<span class=\"quote-inline\">{note}<p>Eens.</p>")), "Eens.");
    }

    #[test]
    fn markup_that_is_written_about_is_text_and_markup_that_is_done_is_not() {
        assert_eq!(text("&lt;b&gt; I &lt;3 a < b &#128690; &copy; &nope;"), "<b> I <3 a < b 🚲 © &nope;");
        assert_eq!(
            text("a<script>alert('<p>x</p>')</script><style>p{}</style><!-- c -->b<svg><title>t</title></svg>"),
            "ab"
        );
        assert_eq!(text("half <a href=\"x"), "half");
        assert_eq!(text("<img src=x onerror=y alt=':fiets:'>"), ":fiets:");
    }

    #[test]
    fn only_so_much_is_read() {
        let long = "é<br>".repeat(2_000_000);
        assert!(text(&long).len() <= LONGEST);
        assert_eq!(text(&"<div>".repeat(2_000_000)), "");
    }

    proptest! {
        #[test]
        fn no_markup_comes_out(parts in proptest::collection::vec(("[a-zé ]{0,8}", "[a-z]{1,10}", "[a-z=\"' /]{0,12}", 0u8..4), 0..20)) {
            let html: String = parts.iter().map(|(words, tag, rest, how)| match how {
                0 => format!("{words}<{tag} {rest}>"),
                1 => format!("{words}</{tag}>"),
                2 => format!("{words}<!--{rest}-->"),
                _ => format!("{words}<br/>"),
            }).collect();
            let words = text(&html);
            prop_assert!(!words.contains(['<', '>']), "{html} gave {words}");
        }

        #[test]
        fn anything_is_survived(html in any::<String>(), tags in "[<>/!a-p&;\"=# \n-]{0,200}") {
            for html in [html, tags] {
                let words = text(&html);
                prop_assert!(!words.contains("\n\n\n") && words.trim() == words, "{words:?}");
            }
        }
    }
}
