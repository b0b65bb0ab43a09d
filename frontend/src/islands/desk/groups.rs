//! Questions that seem to mean the same, together: bundled at once, split, or kept apart for good.

use leptos::{ev::DragEvent, prelude::*};
use serde::de::IgnoredAny;
use shared::{
    QuestionId,
    commands::{ManyDeed, Part},
    sentences::common,
    views::{Proposals, ProposedGroup},
};

use super::{
    dom,
    sheet::Sheet,
    state::{Desk, Dialog},
};
use crate::{api::Method, browser, components::Masked};

/// How many groups are made at once.
const AT_ONCE: usize = 12;
/// How long after the last change the groups are read again, in milliseconds.
const CALM: u32 = 1_500;

/// A group as it stands on the screen.
#[derive(Debug, Clone, Copy)]
struct Shown {
    /// A number that stays while it is on the screen.
    number: u64,
    questions: RwSignal<Vec<QuestionId>>,
    lead: RwSignal<Option<QuestionId>>,
    busy: RwSignal<bool>,
    refusal: RwSignal<Option<String>>,
}

/// The dialog.
#[component]
pub fn Groups() -> impl IntoView {
    view! {
        <Sheet is_mine=|dialog| dialog == Dialog::Groups id="desk-groups" title=Desk::here().say.groups_title()>
            <List/>
        </Sheet>
    }
}

#[component]
fn List() -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let groups = RwSignal::new(None::<Vec<Shown>>);
    let limit = RwSignal::new(AT_ONCE);
    let trouble = RwSignal::new(None::<String>);
    let numbers = StoredValue::new(0_u64);
    let round = StoredValue::new(0_u32);
    let read = move || {
        round.update_value(|round| *round += 1);
        let mine = round.get_value();
        desk.call(Method::Get, "/proposals", None::<()>, move |answer: Result<Proposals, String>| {
            if round.try_get_value() != Some(mine) {
                return;
            }
            match answer {
                Ok(found) => {
                    trouble.set(None);
                    let before = groups.get_untracked().unwrap_or_default();
                    groups.set(Some(settle(&before, found.groups, || {
                        numbers.update_value(|number| *number += 1);
                        numbers.get_value()
                    })));
                }
                Err(sentence) => trouble.set(Some(sentence)),
            }
        });
    };
    Effect::new(move |before: Option<()>| {
        desk.alike.groups.track();
        if before.is_none() {
            read();
        } else {
            let mine = round.get_value();
            browser::after(CALM, move || {
                if round.try_get_value() == Some(mine) {
                    read();
                }
            });
        }
    });
    let gone = move |number: u64| {
        groups.update(|groups| {
            if let Some(groups) = groups {
                groups.retain(|group| group.number != number);
            }
        });
    };
    let shown = move || groups.with(|groups| groups.iter().flatten().take(limit.get()).copied().collect::<Vec<_>>());
    view! {
        <p class="soft">{say.groups_how()}</p>
        {move || trouble.get().map(|sentence| view! { <p class="desk-refusal" role="alert">{sentence}</p> })}
        {move || groups.with(|groups| match groups {
            None => Some(say.groups_loading()),
            Some(groups) if groups.is_empty() => Some(say.groups_none()),
            Some(_) => None,
        }).map(|sentence| view! { <p class="soft" role="status">{sentence}</p> })}
        <ol class="desk-groups" role="list">
            <For each=shown key=|group| group.number let:group>
                <Group group gone/>
            </For>
        </ol>
        {move || (groups.with(|groups| groups.as_ref().map_or(0, Vec::len)) > limit.get()).then(|| view! {
            <button type="button" class="btn quiet" on:click=move |_| limit.update(|limit| *limit += AT_ONCE)>{say.groups_more()}</button>
        })}
    }
    .into_any()
}

#[component]
fn Group(group: Shown, gone: impl Fn(u64) + Copy + Send + Sync + 'static) -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let Shown { number, questions, lead, busy, refusal } = group;
    let dragged = RwSignal::new(None::<QuestionId>);
    let over = RwSignal::new(false);
    let support = move || {
        let all = questions
            .with(|ids| ids.iter().filter_map(|id| desk.card_now(*id)).map(|card| u64::from(card.card.support)).sum());
        say.group(questions.with(Vec::len) as u64, all)
    };
    let answered = move |answer: Result<&'static str, String>| {
        busy.set(false);
        match answer {
            Ok(said) => desk.announce(said),
            Err(sentence) => refusal.set(Some(sentence)),
        }
    };
    let begin = move || {
        refusal.set(None);
        !busy.get_untracked() && {
            busy.set(true);
            true
        }
    };
    let bundle = move || {
        let ids = questions.get_untracked();
        if let Some(into) = lead.get_untracked() {
            refusal.set(None);
            desk.many(ids, ManyDeed::Bundle { into }, move |done| {
                if done {
                    gone(number);
                } else {
                    refusal.set(desk.picks.left.get_untracked());
                }
            });
        }
    };
    let apart = move || {
        let all = questions.get_untracked();
        if begin() {
            desk.part(Part { these: all.clone(), those: all }, move |answer| {
                if answer.is_ok() {
                    gone(number);
                }
                answered(answer);
            });
        }
    };
    let out = move |id: QuestionId| {
        let rest: Vec<QuestionId> =
            questions.with_untracked(|all| all.iter().copied().filter(|one| *one != id).collect());
        if begin() {
            desk.part(Part { these: vec![id], those: rest.clone() }, move |answer| {
                if answer.is_ok() {
                    if rest.len() < 2 {
                        gone(number);
                    } else {
                        if lead.get_untracked() == Some(id) {
                            lead.set(rest.first().copied());
                        }
                        questions.set(rest);
                    }
                }
                answered(answer);
            });
        }
    };
    let take_out = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        if let Some(id) = dragged.get_untracked() {
            out(id);
        }
        dragged.set(None);
    };
    view! {
        <li class="desk-group" aria-busy=move || busy.get().then_some("true")>
            <fieldset>
                <legend class="num">{support}</legend>
                <For each=move || questions.get() key=|id| *id let:id>
                    <Wording id number lead dragged out/>
                </For>
            </fieldset>
            {move || dragged.get().map(|_| view! {
                <p class="desk-drop" class:is-target=over
                    on:dragover=move |event| { event.prevent_default(); over.set(true); }
                    on:dragleave=move |_| over.set(false)
                    on:drop=take_out>{say.group_drop()}</p>
            })}
            {move || refusal.get().map(|sentence| view! { <p class="desk-refusal" role="alert">{sentence}</p> })}
            <div class="desk-deeds">
                <button type="button" class="btn desk-deed" on:click=move |_| bundle()>{say.group_bundle()}</button>
                <button type="button" class="btn quiet desk-deed" on:click=move |_| apart()>{say.group_part()}</button>
            </div>
        </li>
    }
    .into_any()
}

#[component]
fn Wording(
    id: QuestionId,
    number: u64,
    lead: RwSignal<Option<QuestionId>>,
    dragged: RwSignal<Option<QuestionId>>,
    out: impl Fn(QuestionId) + Copy + 'static,
) -> impl IntoView {
    let desk = Desk::here();
    let (say, lang) = (desk.say, desk.say.0);
    let card = desk.card(id);
    let words =
        Memo::new(move |_| card.with(|card| card.as_ref().map(|card| card.card.text.clone()).unwrap_or_default()));
    let under =
        Memo::new(move |_| card.with(|card| card.as_ref().map(|card| card.card.wordings.clone()).unwrap_or_default()));
    let facts = move || {
        card.with(|card| {
            card.as_ref().map(|card| {
                let wordings = card.card.wordings.len() as u64;
                let parts = [
                    Some(common::status(lang, card.card.status).to_owned()),
                    (wordings > 0).then(|| common::wordings(lang, wordings + 1)),
                    Some(say.support(u64::from(card.card.support))),
                ];
                parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
            })
        })
    };
    view! {
        <div class="desk-alike" draggable="true"
            class:is-dragged=move || dragged.get() == Some(id)
            on:dragstart=move |event| { dom::carry(&event, id); dragged.set(Some(id)); }
            on:dragend=move |_| dragged.set(None)>
            <label>
                <input type="radio" name=format!("group-{number}") prop:checked=move || lead.get() == Some(id) on:change=move |_| lead.set(Some(id))/>
                <span dir="auto">{move || view! { <Masked text=words.get() lang/> }}</span>
                <small class="soft num">{facts}</small>
            </label>
            <button type="button" class="btn quiet desk-deed" aria-label=move || say.about(say.group_out(), &words.get()) on:click=move |_| out(id)>{say.group_out()}</button>
            {move || (!under.with(Vec::is_empty)).then(|| view! {
                <ul class="desk-under" aria-label=say.group_under()>
                    {under.get().into_iter().map(|id| view! { <Under id/> }).collect_view()}
                </ul>
            })}
        </div>
    }
}

/// A wording that a question of the group has already.
#[component]
fn Under(id: QuestionId) -> impl IntoView {
    let desk = Desk::here();
    let card = desk.card(id);
    let words = Memo::new(move |_| card.with(|card| card.as_ref().map(|card| card.card.text.clone())));
    move || words.get().map(|text| view! { <li dir="auto"><Masked text lang=desk.say.0/></li> })
}

/// The groups that were found, in their order; one that is on the screen already, with the same
/// questions, stays as somebody left it.
fn settle(before: &[Shown], found: Vec<ProposedGroup>, mut number: impl FnMut() -> u64) -> Vec<Shown> {
    let same = |group: &ProposedGroup| {
        before.iter().find(|shown| {
            shown.questions.with_untracked(|ids| {
                let mut one = ids.clone();
                let mut other = group.questions.clone();
                one.sort_unstable();
                other.sort_unstable();
                one == other
            })
        })
    };
    let made = found.into_iter().filter(|group| group.questions.len() > 1).map(|group| {
        same(&group).copied().unwrap_or_else(|| Shown {
            number: number(),
            lead: RwSignal::new(group.questions.first().copied()),
            questions: RwSignal::new(group.questions),
            busy: RwSignal::new(false),
            refusal: RwSignal::new(None),
        })
    });
    made.collect()
}

impl Desk {
    /// Says that questions do not mean the same; `then` hears how that went.
    pub fn part(self, part: Part, then: impl FnOnce(Result<&'static str, String>) + 'static) {
        self.make(Method::Post, "/apart", Some(part), move |answer: Result<IgnoredAny, String>| {
            then(answer.map(|_| self.say.did_part()));
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_that_is_on_the_screen_stays_as_it_was_left() {
        let owner = Owner::new();
        owner.set();
        let group = |ids: &[u64]| ProposedGroup { questions: ids.iter().copied().map(QuestionId).collect(), score: 80 };
        let mut numbers = 0;
        let mut next = || {
            numbers += 1;
            numbers
        };
        let first = settle(&[], vec![group(&[1, 2]), group(&[3, 4, 5]), group(&[6])], &mut next);
        assert_eq!(first.iter().map(|group| group.number).collect::<Vec<_>>(), [1, 2], "one alone is no group");
        first[1].lead.set(Some(QuestionId(4)));
        let later = settle(&first, vec![group(&[5, 3, 4]), group(&[7, 8])], &mut next);
        assert_eq!(later.iter().map(|group| group.number).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(later[0].lead.get_untracked(), Some(QuestionId(4)));
    }
}
