//! What the keys mean. The same table puts the letters on the buttons.

use shared::{Reason, Status, views::ModeratorCard};

use super::{areas::Area, flags, revision, twin::Nearest};

/// What can be done with a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Show it to everybody.
    Approve,
    /// Open the reasons for declining it.
    Decline,
    /// Open its words.
    Edit,
    /// Bundle it under the question that it is nearest to.
    Twin,
    /// Choose the question it belongs under.
    Bundle,
    /// Decline it with a link to the answer that is there.
    Refer,
    /// Put a block over what was flagged.
    Mask,
    /// Send it to a department, or give it to an alderman.
    Route,
    /// Put a label on it.
    Label,
    /// Pick it, to do something with many.
    Pick,
    /// Open its wordings, to take one out.
    Wordings,
    /// Bring it back after it was declined.
    Restore,
    /// Put it at the end of the queue.
    Enqueue,
    /// Take it out of the queue.
    Dequeue,
    /// Put it on stage.
    Stage,
    /// Take it off stage.
    Unstage,
    /// Put the first of the queue on stage.
    Next,
    /// Take over what its author made of it.
    TakeOver,
    /// Leave its words as they are, whatever its author made of it.
    LeaveAs,
}

impl Deed {
    /// Its key, in lower case.
    pub fn key(self) -> &'static str {
        match self {
            Self::Approve => "a",
            Self::Decline => "d",
            Self::Edit => "e",
            Self::Twin | Self::Bundle => "b",
            Self::Refer => "v",
            Self::Mask => "m",
            Self::Route => "r",
            Self::Label => "l",
            Self::Pick => "x",
            Self::Wordings | Self::Restore => "u",
            Self::Enqueue | Self::Dequeue => "q",
            Self::Stage | Self::Unstage => "s",
            Self::Next => "n",
            Self::TakeOver => "o",
            Self::LeaveAs => "p",
        }
    }

    /// Whether its button stands out among the card's others.
    pub fn is_main(self) -> bool {
        matches!(self, Self::Approve | Self::Stage | Self::Enqueue | Self::Next | Self::Restore | Self::Mask)
    }

    /// Whether its button can wait until its card is selected.
    pub fn is_rare(self) -> bool {
        matches!(self, Self::Edit | Self::Route | Self::Label)
    }

    /// Whether something else on the card shows it, so that it needs no button among the others.
    pub fn has_own_place(self) -> bool {
        matches!(self, Self::Wordings | Self::Twin | Self::Refer | Self::Pick | Self::TakeOver | Self::LeaveAs)
    }
}

/// What about a card decides what can be done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "they have nothing to do with each other")]
pub struct Facts {
    /// It has other wordings.
    pub bundled: bool,
    /// Its asker took it back.
    pub withdrawn: bool,
    /// It is near a question that it can be bundled under.
    pub twin: bool,
    /// It is near a question that was answered.
    pub answered: bool,
    /// Something in it can be masked.
    pub maskable: bool,
    /// Its author changed the post that it was.
    pub revised: bool,
}

impl Facts {
    /// Reads them off a card and what it is near.
    pub fn of(card: &ModeratorCard, nearest: &Nearest) -> Self {
        Self {
            bundled: !card.card.wordings.is_empty(),
            withdrawn: card.card.status == Status::Withdrawn,
            twin: nearest.twin.is_some(),
            answered: nearest.answered.is_some(),
            maskable: flags::maskable(card),
            revised: revision::has(card),
        }
    }
}

/// What can be done with a card in an area, the likeliest first.
pub fn offered(area: Area, facts: Facts) -> Vec<Deed> {
    use Deed::{
        Approve, Bundle, Decline, Dequeue, Edit, Enqueue, Label, LeaveAs, Mask, Next, Pick, Refer, Restore, Route,
        Stage, TakeOver, Twin, Unstage, Wordings,
    };
    let mut deeds = match area {
        Area::Incoming => vec![Approve, Decline, Bundle, Edit, Route, Label, Pick],
        Area::Shown => vec![Enqueue, Stage, Bundle, Edit, Decline, Route, Label, Pick],
        Area::Stage => vec![Next, Unstage, Edit, Decline, Route],
        Area::Queue => vec![Stage, Dequeue, Bundle, Edit, Decline, Route, Label],
        Area::Answered => vec![Edit, Decline, Label],
        Area::Declined if facts.withdrawn => vec![],
        Area::Declined => vec![Restore],
    };
    if facts.maskable && area != Area::Declined {
        deeds.insert(0, Mask);
    }
    if facts.twin && area == Area::Incoming {
        deeds.push(Twin);
    }
    if facts.answered && area == Area::Incoming {
        deeds.push(Refer);
    }
    if facts.bundled && area != Area::Declined {
        deeds.push(Wordings);
    }
    if facts.revised && !facts.withdrawn {
        deeds.extend([TakeOver, LeaveAs]);
    }
    deeds
}

/// What a key press asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Do this with the selected card.
    Do(Deed),
    /// Select another card of the area.
    Along(isize),
    /// Select a card of another area.
    Across(isize),
    /// Move the selected question in the queue.
    Order(isize),
    /// Decline for this reason.
    Because(Reason),
    /// Undo my last step.
    Undo,
    /// Enter a question from the hall.
    Hall,
    /// Go to the search field.
    Search,
    /// List the keys.
    Help,
    /// Pick or leave the selected card and all up to the next one.
    Range(isize),
    /// Pick all cards of the area that are looked for.
    All,
    /// Look at what seems to mean the same.
    Groups,
    /// Show only some.
    Filter,
    /// How it goes with the networks.
    Channels,
    /// Show only what waits long, or everything again.
    Waits,
    /// Close what is open on the card.
    Close,
}

/// Where a key press fell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    /// On the desk.
    #[default]
    Desk,
    /// On the desk, while the reasons for declining are open on the selected card: digits choose
    /// one, and no letter does anything else with the card.
    Reasons,
    /// In a field that one types in, or on a button of its form.
    Field,
    /// Anywhere while a dialog is open.
    Dialog,
}

/// The strongest of the modifiers that were down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum With {
    /// None.
    #[default]
    Nothing,
    /// Shift, which some keyboards need for `?` and `/`.
    Shift,
    /// Alt or Option.
    Alt,
    /// Control or Meta: the browser's own.
    Command,
}

/// A key press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Press<'a> {
    /// As in `KeyboardEvent.key`.
    pub key: &'a str,
    /// Its modifiers.
    pub with: With,
    /// Where it fell.
    pub place: Place,
    /// The key is held down.
    pub held: bool,
}

/// What a key press means for a selected card to which `deeds` can be done.
pub fn meaning(press: Press<'_>, deeds: &[Deed]) -> Option<Wish> {
    match (press.place, press.key, press.with) {
        (Place::Desk, "a" | "A", With::Command) => Some(Wish::All),
        (Place::Dialog, _, _) | (_, _, With::Command) => None,
        (_, "Escape", With::Nothing) => Some(Wish::Close),
        (Place::Field, _, _) => None,
        (_, "?", With::Nothing | With::Shift) => Some(Wish::Help),
        (_, "/", With::Nothing | With::Shift) => Some(Wish::Search),
        (_, "ArrowUp", With::Alt) => Some(Wish::Order(-1)),
        (_, "ArrowDown", With::Alt) => Some(Wish::Order(1)),
        (Place::Desk, "ArrowUp", With::Shift) => Some(Wish::Range(-1)),
        (Place::Desk, "ArrowDown", With::Shift) => Some(Wish::Range(1)),
        (Place::Desk, "b" | "B", With::Shift) if !press.held && deeds.contains(&Deed::Bundle) => {
            Some(Wish::Do(Deed::Bundle))
        }
        (_, "ArrowUp" | "k" | "K", With::Nothing) => Some(Wish::Along(-1)),
        (_, "ArrowDown" | "j" | "J", With::Nothing) => Some(Wish::Along(1)),
        (_, "ArrowLeft", With::Nothing) => Some(Wish::Across(-1)),
        (_, "ArrowRight", With::Nothing) => Some(Wish::Across(1)),
        (place, key, With::Nothing) if !press.held => decision(place, key, deeds),
        _ => None,
    }
}

fn decision(place: Place, key: &str, deeds: &[Deed]) -> Option<Wish> {
    if place == Place::Reasons {
        return reason(key).map(Wish::Because);
    }
    match key.to_lowercase().as_str() {
        "z" => Some(Wish::Undo),
        "h" => Some(Wish::Hall),
        "g" => Some(Wish::Groups),
        "f" => Some(Wish::Filter),
        "c" => Some(Wish::Channels),
        "w" => Some(Wish::Waits),
        "n" => Some(Wish::Do(Deed::Next)),
        "b" if deeds.contains(&Deed::Twin) => Some(Wish::Do(Deed::Twin)),
        letter => deeds.iter().copied().find(|deed| deed.key() == letter).map(Wish::Do),
    }
}

fn reason(key: &str) -> Option<Reason> {
    let digit: usize = key.parse().ok()?;
    Reason::ALL.get(digit.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUNDLED: Facts =
        Facts { bundled: true, withdrawn: false, twin: false, answered: false, maskable: false, revised: false };

    fn press(key: &str) -> Press<'_> {
        Press { key, ..Press::default() }
    }

    #[test]
    fn a_letter_does_what_the_card_s_button_says() {
        let waiting = offered(Area::Incoming, Facts::default());
        assert_eq!(meaning(press("a"), &waiting), Some(Wish::Do(Deed::Approve)));
        assert_eq!(meaning(press("A"), &waiting), Some(Wish::Do(Deed::Approve)), "caps lock");
        assert_eq!(meaning(press("q"), &waiting), None, "a waiting question cannot be queued");
        let queued = offered(Area::Queue, BUNDLED);
        assert_eq!(meaning(press("q"), &queued), Some(Wish::Do(Deed::Dequeue)));
        assert_eq!(meaning(press("u"), &queued), Some(Wish::Do(Deed::Wordings)));
        assert_eq!(meaning(press("u"), &offered(Area::Declined, Facts::default())), Some(Wish::Do(Deed::Restore)));
        assert_eq!(
            meaning(press("u"), &offered(Area::Declined, Facts { withdrawn: true, ..Facts::default() })),
            None,
            "taken back by its asker"
        );
    }

    #[test]
    fn no_two_deeds_on_one_card_share_a_key() {
        let all = Facts { twin: true, answered: true, maskable: true, revised: true, ..BUNDLED };
        for area in Area::ALL {
            let deeds: Vec<Deed> = offered(area, all).into_iter().filter(|deed| *deed != Deed::Bundle).collect();
            for (i, deed) in deeds.iter().enumerate() {
                assert!(deeds[i + 1..].iter().all(|other| other.key() != deed.key()), "{area:?} {deed:?}");
                assert!(!["z", "h", "g", "f", "w", "c"].contains(&deed.key()), "{deed:?} has a key of the desk");
            }
        }
    }

    #[test]
    fn the_named_twin_is_one_key_away_and_the_choice_two() {
        let deeds = offered(Area::Incoming, Facts { twin: true, ..Facts::default() });
        assert_eq!(meaning(press("b"), &deeds), Some(Wish::Do(Deed::Twin)));
        let shifted = Press { with: With::Shift, ..press("B") };
        assert_eq!(meaning(shifted, &deeds), Some(Wish::Do(Deed::Bundle)));
        let alone = offered(Area::Incoming, Facts::default());
        assert_eq!(meaning(press("b"), &alone), Some(Wish::Do(Deed::Bundle)));
        assert_eq!(meaning(shifted, &alone), Some(Wish::Do(Deed::Bundle)));
    }

    #[test]
    fn new_words_of_an_author_are_one_key_away_wherever_the_card_lies() {
        let revised = Facts { revised: true, ..Facts::default() };
        for area in Area::ALL {
            let deeds = offered(area, revised);
            assert_eq!(meaning(press("o"), &deeds), Some(Wish::Do(Deed::TakeOver)), "{area:?}");
            assert_eq!(meaning(press("p"), &deeds), Some(Wish::Do(Deed::LeaveAs)), "{area:?}");
            assert_eq!(meaning(press("o"), &offered(area, Facts::default())), None, "{area:?}");
        }
    }

    #[test]
    fn many_are_picked_with_shift_and_command() {
        assert_eq!(meaning(Press { with: With::Shift, ..press("ArrowDown") }, &[]), Some(Wish::Range(1)));
        assert_eq!(meaning(Press { with: With::Command, ..press("a") }, &[]), Some(Wish::All));
        let typing = Press { with: With::Command, place: Place::Field, ..press("a") };
        assert_eq!(meaning(typing, &[]), None, "in a field it selects the words");
    }

    #[test]
    fn nothing_fires_while_typing_in_dialogs_or_with_modifiers() {
        let deeds = offered(Area::Incoming, Facts::default());
        let typing = |key| Press { place: Place::Field, ..press(key) };
        for key in ["a", "ArrowDown", "?", "/", "j"] {
            assert_eq!(meaning(typing(key), &deeds), None, "{key}");
        }
        assert_eq!(meaning(typing("Escape"), &deeds), Some(Wish::Close));
        assert_eq!(
            meaning(Press { place: Place::Dialog, ..press("Escape") }, &deeds),
            None,
            "the dialog closes itself"
        );
        for with in [With::Alt, With::Command, With::Shift] {
            assert_eq!(meaning(Press { with, ..press("d") }, &deeds), None, "{with:?}");
        }
        assert_eq!(meaning(Press { with: With::Shift, ..press("?") }, &deeds), Some(Wish::Help));
        assert_eq!(meaning(Press { with: With::Command, ..press("/") }, &deeds), None);
    }

    #[test]
    fn a_held_key_moves_but_never_decides() {
        let deeds = offered(Area::Incoming, Facts::default());
        assert_eq!(meaning(Press { held: true, ..press("a") }, &deeds), None);
        assert_eq!(meaning(Press { held: true, ..press("j") }, &deeds), Some(Wish::Along(1)));
    }

    #[test]
    fn digits_give_a_reason_only_when_asked_for_one() {
        assert_eq!(meaning(press("1"), &[]), None);
        let choosing = |key| Press { place: Place::Reasons, ..press(key) };
        assert_eq!(meaning(choosing("1"), &[]), Some(Wish::Because(Reason::OffTopic)));
        assert_eq!(meaning(choosing("6"), &[]), Some(Wish::Because(Reason::Other)));
        assert_eq!(
            meaning(choosing("a"), &offered(Area::Incoming, Facts::default())),
            None,
            "first decline or leave it"
        );
        assert_eq!(meaning(choosing("7"), &[]), None);
        assert_eq!(meaning(choosing("0"), &[]), None);
    }

    #[test]
    fn alt_and_arrows_order_the_queue() {
        assert_eq!(meaning(Press { with: With::Alt, ..press("ArrowUp") }, &[]), Some(Wish::Order(-1)));
        assert_eq!(meaning(press("ArrowRight"), &[]), Some(Wish::Across(1)));
    }
}
