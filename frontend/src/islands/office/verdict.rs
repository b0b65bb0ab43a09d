//! What to do when the words on the server are not those on this screen.

/// What is known of a paper on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Both {
    /// The version that the words here build on; 0 for none.
    pub known: u64,
    /// Whether the view has shown that version already; a view can be behind what the server
    /// answered.
    pub caught_up: bool,
    /// The version in the view; 0 for none.
    pub there: u64,
    /// Whether the words are the same.
    pub same_words: bool,
    /// How it is with the words here.
    pub here: Words,
}

/// The words on this screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// All on the server, and nobody types.
    AtRest,
    /// All on the server, and somebody types.
    BeingTyped,
    /// Some are here only.
    Unsafe,
}

/// What follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing, or nothing yet.
    Leave,
    /// The view caught up with what was sent.
    Agree,
    /// A colleague's words take the place of these.
    Take,
    /// Both wrote: a person chooses.
    Choose,
}

impl Both {
    /// What is to be done.
    pub fn verdict(self) -> Verdict {
        if self.there == self.known {
            return Verdict::Agree;
        }
        // Versions count up, unless a question came back to the desk with another one's papers.
        let is_news = self.caught_up || self.there > self.known;
        match self.here {
            _ if !is_news => Verdict::Leave,
            _ if self.same_words => Verdict::Take,
            Words::AtRest => Verdict::Take,
            Words::BeingTyped => Verdict::Leave,
            Words::Unsafe => Verdict::Choose,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT_REST: Both = Both { known: 4, caught_up: true, there: 5, same_words: false, here: Words::AtRest };

    #[test]
    fn a_colleagues_words_are_taken_over_when_nobody_types_here() {
        assert_eq!(AT_REST.verdict(), Verdict::Take);
        assert_eq!(Both { here: Words::BeingTyped, ..AT_REST }.verdict(), Verdict::Leave);
        assert_eq!(Both { there: 0, ..AT_REST }.verdict(), Verdict::Take, "they were thrown away");
    }

    #[test]
    fn words_that_are_not_safe_yet_are_never_overwritten() {
        let writing = Both { here: Words::Unsafe, ..AT_REST };
        assert_eq!(writing.verdict(), Verdict::Choose);
        assert_eq!(Both { there: 0, ..writing }.verdict(), Verdict::Choose);
        assert_eq!(Both { same_words: true, ..writing }.verdict(), Verdict::Take, "there is nothing to choose");
    }

    #[test]
    fn a_view_that_is_behind_is_no_news() {
        let behind = Both { caught_up: false, there: 3, ..AT_REST };
        assert_eq!(behind.verdict(), Verdict::Leave);
        assert_eq!(Both { there: 4, ..behind }.verdict(), Verdict::Agree);
        assert_eq!(Both { there: 5, ..behind }.verdict(), Verdict::Take);
    }
}
