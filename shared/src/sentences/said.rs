//! The short way to write down many sentences of one screen.

/// Gives a screen's type a method for each sentence: a name, the Dutch and the English words.
macro_rules! said {
    ($screen:ident { $($name:ident: $nl:literal, $en:literal;)+ }) => {
        impl $screen {$(
            #[doc = concat!("“", $en, "”")]
            pub fn $name(self) -> &'static str {
                self.0.pick($nl, $en)
            }
        )+}
    };
}

pub(super) use said;
