//! What authors elsewhere did that moderators should know of at once: they removed a question that
//! everybody sees, or changed one that was decided about; and which channels are out of reach.

use leptos::prelude::*;
use shared::{
    Moment, QuestionId, Reach, Source,
    sentences::sources::{From, Sources},
    views::SourceHealth,
};

use super::{areas::Area, dom, paste, revision, source::was_removed, state::Desk};

/// A channel that is away longer than this is told to everybody at the desk, in milliseconds.
const LONG: i64 = 60_000;
/// The most removed questions that are told of together.
const MOST: usize = 4;

/// A public question that its author removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    id: QuestionId,
    source: Source,
    from: From,
    words: String,
}

/// Where a card stood that everybody could see.
fn stood(area: Area) -> Option<From> {
    match area {
        Area::Shown => Some(From::Shown),
        Area::Queue => Some(From::Queue),
        Area::Stage => Some(From::Stage),
        Area::Incoming | Area::Answered | Area::Declined => None,
    }
}

/// Those out of reach for so long that moderators have to do something.
fn long_away(sources: &[SourceHealth], now: i64) -> Vec<(Source, String, Moment)> {
    let long = |source: &&SourceHealth| source.reach == Reach::Away && now - source.since.millis() > LONG;
    sources.iter().filter(long).map(|one| (one.source, one.account.clone(), one.since.clone())).collect()
}

impl Desk {
    /// Looks what authors did with these questions. Call it before the cards are laid where they belong
    /// now: where they lay tells what was lost.
    pub fn watch_authors(self, ids: &[QuestionId]) {
        let mut removed = Vec::new();
        let mut revised = self.channels.revised.get_untracked();
        self.live.view.with_untracked(|view| {
            for id in ids {
                let card = view.card(*id);
                if card.is_some_and(revision::has) {
                    revised.insert(*id);
                } else {
                    revised.remove(id);
                }
                let from = self.piles_now(|piles| piles.place(*id)).and_then(|(area, _)| stood(area));
                if let (Some(card), Some(from)) = (card, from)
                    && was_removed(card)
                {
                    removed.push(Removed { id: *id, source: card.card.source, from, words: card.card.text.clone() });
                }
            }
        });
        if self.channels.revised.with_untracked(|known| *known != revised) {
            self.channels.revised.set(revised);
        }
        if !removed.is_empty() {
            for one in &removed {
                self.announce(&format!("{} {}", Sources(self.say.0).taken_away(one.source, one.from), one.words));
            }
            self.channels.removed.update(|all| {
                all.splice(0..0, removed);
                all.truncate(MOST);
            });
        }
    }

    /// The same for all questions, when the view is new.
    pub fn watch_all_authors(self) {
        self.channels.revised.update_untracked(std::collections::BTreeSet::clear);
        let ids: Vec<QuestionId> = self.live.view.with_untracked(|view| view.questions.keys().copied().collect());
        self.watch_authors(&ids);
        self.channels.revised.notify();
    }

    /// Goes to the first question with new words of its author; to its lead, when it is bundled.
    fn to_first_revised(self) {
        let Some(id) = self.channels.revised.with_untracked(|revised| revised.first().copied()) else { return };
        let lead = self.card_now(id).and_then(|card| card.card.lead);
        if !self.piles_now(|piles| piles.find(lead.unwrap_or(id)).is_some()) {
            self.look_for_all();
        }
        let there = lead.unwrap_or(id);
        self.go_to(there);
        if lead.is_some() {
            dom::open_wordings(there);
        }
    }
}

/// The lines about it above the areas.
#[component]
pub fn FromElsewhere() -> impl IntoView {
    let desk = Desk::here();
    let say = Sources(desk.say.0);
    let channels = desk.channels;
    let away = Memo::new(move |_| channels.sources.with(|sources| long_away(sources, desk.clock.get())));
    let revised = Memo::new(move |_| channels.revised.with(std::collections::BTreeSet::len) as u64);
    let away_line = move |(source, account, since): (Source, String, Moment)| {
        view! { <p role="status">{desk.now.with_value(|now| say.away(source, &account, &since, now))}</p> }
    };
    let removed_line = move |one: Removed| {
        let id = one.id;
        view! {
            <div class="desk-strip desk-brief is-warning">
                <p><b>{say.taken_away(one.source, one.from)}</b>" "<q dir="auto">{one.words}</q></p>
                <button type="button" class="btn quiet desk-deed" on:click=move |_| channels.removed.update(|all| all.retain(|known| known.id != id))>
                    {desk.say.dismiss()}
                </button>
            </div>
        }
    };
    view! {
        {move || (!away.with(Vec::is_empty)).then(|| view! {
            <div class="desk-strip desk-brief is-warning">
                <div>{away.get().into_iter().map(away_line).collect_view()}</div>
                <button type="button" class="btn quiet desk-deed" on:click=move |_| paste::open(desk)>{say.paste()}</button>
            </div>
        })}
        {move || channels.removed.get().into_iter().map(removed_line).collect_view()}
        {move || (revised.get() > 0).then(|| view! {
            <div class="desk-strip desk-brief">
                <p role="status">{say.many_revised(revised.get())}</p>
                <button type="button" class="btn quiet desk-deed" on:click=move |_| desk.to_first_revised()>{say.to_first()}</button>
            </div>
        })}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::islands::desk::sample::source;

    #[test]
    fn only_what_is_away_for_longer_than_a_minute_asks_for_hands() {
        let sources = [
            source(Source::Mastodon, Reach::Away),
            source(Source::Bluesky, Reach::Stream),
            source(Source::Gateway, Reach::Hand),
        ];
        let since = sources[0].since.millis();
        assert!(long_away(&sources, since + LONG).is_empty());
        let away = long_away(&sources, since + LONG + 1);
        assert_eq!(away.iter().map(|(source, ..)| *source).collect::<Vec<_>>(), [Source::Mastodon]);
    }

    #[test]
    fn what_nobody_saw_or_what_is_over_is_no_loss_to_tell_of() {
        let told: Vec<Area> = Area::ALL.into_iter().filter(|area| stood(*area).is_some()).collect();
        assert_eq!(told, [Area::Shown, Area::Stage, Area::Queue]);
    }
}
