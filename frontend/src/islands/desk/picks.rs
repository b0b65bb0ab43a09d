//! Many at once: picking cards, and doing the same to all of them as one step.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use shared::{
    QuestionId, Reason,
    commands::{Many, ManyDeed, ManyDone, Picked},
    sentences::{desk::Desk as Say, problems},
};

use super::{
    dom,
    keys::Deed,
    state::{Desk, Dialog},
};
use crate::api::Method;

/// At most this many go in one step.
pub const MOST: usize = 2_000;

/// What is picked.
#[derive(Clone, Copy)]
pub struct Picks {
    /// How many.
    pub count: RwSignal<usize>,
    /// What is open in the bar.
    pub form: RwSignal<Option<ManyForm>>,
    /// What was not done, and why.
    pub left: RwSignal<Option<String>>,
    ids: StoredValue<BTreeSet<QuestionId>>,
    busy: RwSignal<bool>,
}

/// What is open in the bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ManyForm {
    /// The reasons for declining.
    Decline,
    /// A field for a label.
    Label,
}

impl Picks {
    /// Nothing is.
    pub fn none() -> Self {
        Self {
            count: RwSignal::new(0),
            form: RwSignal::new(None),
            left: RwSignal::new(None),
            ids: StoredValue::new(BTreeSet::new()),
            busy: RwSignal::new(false),
        }
    }

    /// What is picked, as it is now.
    pub fn now(self) -> Vec<QuestionId> {
        self.ids.with_value(|ids| ids.iter().copied().collect())
    }

    /// Whether anything is.
    pub fn any_now(self) -> bool {
        self.count.get_untracked() > 0
    }
}

impl Desk {
    /// Whether a card is picked.
    pub fn is_picked(self, id: QuestionId) -> Memo<bool> {
        let changes = self.changes(id);
        Memo::new(move |_| {
            changes.track();
            self.picks.ids.with_value(|ids| ids.contains(&id))
        })
    }

    /// Picks a card, or no longer.
    pub fn toggle_pick(self, id: QuestionId) {
        let on = !self.picks.ids.with_value(|ids| ids.contains(&id));
        self.pick(&[id], on);
    }

    /// Picks the selected card and the one `by` places further, or leaves those that were picked.
    pub fn pick_along(self, by: isize) -> Option<QuestionId> {
        let from = self.selected.get_untracked()?;
        let to = self.piles_now(|piles| super::moves::along(piles, Some(from), by))?;
        let both = self.picks.ids.with_value(|ids| ids.contains(&from) && ids.contains(&to));
        if both && to != from {
            self.pick(&[from], false);
        } else {
            self.pick(&[from, to], true);
        }
        Some(to)
    }

    /// Picks all cards that are looked for in the area where the selection is.
    pub fn pick_all(self) {
        let area = self.selected.get_untracked().and_then(|id| self.piles_now(|piles| piles.find(id)));
        let area = area.map_or_else(|| self.area.get_untracked(), |(area, _)| area);
        let ids = self.piles_now(|piles| piles.pile(area).some(0, MOST));
        self.pick(&ids, true);
        self.announce(&self.say.picked(self.picks.count.get_untracked() as u64));
    }

    /// Picks nothing any more.
    pub fn pick_none(self) {
        self.picks.form.set(None);
        self.pick(&self.picks.now(), false);
    }

    fn pick(self, ids: &[QuestionId], on: bool) {
        self.picks.ids.update_value(|picked| change(picked, ids, on));
        let count = self.picks.ids.with_value(BTreeSet::len);
        if self.picks.count.get_untracked() != count {
            self.picks.count.set(count);
        }
        self.retell(ids);
    }

    /// Does with all that is picked what a key says; whether it is one of those that can be.
    pub fn act_picked(self, deed: Deed) -> bool {
        match deed {
            Deed::Approve => self.do_many(ManyDeed::Approve),
            Deed::Decline => self.picks.form.set(Some(ManyForm::Decline)),
            Deed::Label => self.picks.form.set(Some(ManyForm::Label)),
            Deed::Bundle | Deed::Twin => self.dialog.set(Some(Dialog::BundlePicked)),
            _ => return false,
        }
        true
    }

    /// Declines all that is picked; `Other` needs a note.
    pub fn decline_picked(self, reason: Reason, note: &str) {
        let note = Some(note.trim().to_owned()).filter(|note| !note.is_empty());
        if reason == Reason::Other && note.is_none() {
            self.picks.left.set(Some(self.say.note_needed().to_owned()));
            return;
        }
        self.do_many(ManyDeed::Decline { reason, note });
    }

    /// Does the same to all that is picked.
    pub fn do_many(self, deed: ManyDeed) {
        self.many(self.picks.now(), deed, move |done| {
            if done {
                self.pick_none();
                self.selected.get_untracked().into_iter().for_each(dom::focus_if_lost);
            }
        });
    }

    /// Does the same to many questions, says what was left out and why, and then whether it was done.
    pub fn many(self, ids: Vec<QuestionId>, deed: ManyDeed, then: impl FnOnce(bool) + 'static) {
        if ids.is_empty() || self.picks.busy.get_untracked() {
            return;
        }
        self.picks.busy.set(true);
        self.picks.left.set(None);
        let questions = ids.into_iter().map(|question| Picked { question, seen: self.version(question) }).collect();
        self.make(Method::Post, "/many", Some(Many { deed, questions }), move |answer: Result<ManyDone, String>| {
            self.picks.busy.set(false);
            let done = answer.is_ok();
            match answer {
                Ok(done) => {
                    self.announce(&self.say.many_done(u64::from(done.done)));
                    self.picks.left.set(told(self.say, &done));
                }
                Err(sentence) => self.picks.left.set(Some(sentence)),
            }
            then(done);
        });
    }
}

/// Picks these too, as long as there are not too many, or no longer.
fn change(picked: &mut BTreeSet<QuestionId>, ids: &[QuestionId], on: bool) {
    for id in ids {
        if !on {
            picked.remove(id);
        } else if picked.len() < MOST {
            picked.insert(*id);
        }
    }
}

/// Why some were left as they were: each reason with how many.
fn told(say: Say, done: &ManyDone) -> Option<String> {
    let mut why: BTreeMap<String, u64> = BTreeMap::new();
    for left in &done.left {
        *why.entry(problems::detail(say.0, &left.refusal)).or_default() += 1;
    }
    let reasons: Vec<String> = why.into_iter().map(|(why, n)| format!("{} × {why}", say.0.number(n))).collect();
    let left = (!reasons.is_empty()).then(|| reasons.join(" "))?;
    Some(format!("{} {}: {left}", say.many_done(u64::from(done.done)), say.many_left()))
}

/// What can be done with all that is picked.
#[component]
pub fn PickedBar() -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let any = Memo::new(move |_| desk.picks.count.get() > 0);
    let button = move |deed: Deed| {
        view! {
            <button type="button" class="btn quiet desk-deed" class:is-main=deed.is_main()
                aria-disabled=move || desk.picks.busy.get().then_some("true")
                aria-keyshortcuts=deed.key() on:click=move |_| {
                    desk.act_picked(deed);
                }>
                {desk.label(deed)}<kbd aria-hidden="true">{deed.key().to_uppercase()}</kbd>
            </button>
        }
    };
    move || {
        any.get().then(|| {
            view! {
                <section class="desk-picked" aria-label=say.pick()>
                    {move || match desk.picks.form.get() {
                        Some(ManyForm::Decline) => view! { <DeclineMany/> }.into_any(),
                        Some(ManyForm::Label) => view! { <LabelMany/> }.into_any(),
                        None => ().into_any(),
                    }}
                    <div class="desk-deeds">
                        <b class="num">{move || say.picked(desk.picks.count.get() as u64)}</b>
                        {[Deed::Approve, Deed::Decline, Deed::Label, Deed::Bundle].map(button).collect_view()}
                        <button type="button" class="btn quiet desk-deed" on:click=move |_| desk.pick_none()>
                            {say.picked_none()}<kbd aria-hidden="true">"Esc"</kbd>
                        </button>
                    </div>
                </section>
            }
        })
    }
}

#[component]
fn DeclineMany() -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let note = RwSignal::new(String::new());
    dom::focus_when_made("desk-many-1".into());
    let reasons = (1..).zip(Reason::ALL).map(|(digit, reason)| {
        view! {
            <button type="button" class="btn quiet desk-why" id=format!("desk-many-{digit}")
                on:click=move |_| desk.decline_picked(*reason, &note.get_untracked())>
                {problems::reason_label(say.0, *reason)}
            </button>
        }
    });
    view! {
        <fieldset class="desk-form">
            <legend>{say.many_why()}</legend>
            <div class="desk-reasons">{reasons.collect_view()}</div>
            <label class="desk-field">
                <span>{say.note()}</span>
                <input type="text" dir="auto" autocomplete="off" maxlength=shared::words::MAX_NOTE prop:value=note
                    on:input:target=move |event| note.set(event.target().value())/>
            </label>
        </fieldset>
    }
}

#[component]
fn LabelMany() -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let label = RwSignal::new(String::new());
    desk.learn_facets();
    dom::focus_when_made("desk-many-label".into());
    let put = move || {
        let label = label.get_untracked().trim().to_owned();
        if !label.is_empty() {
            desk.do_many(ManyDeed::Label { label, on: true });
        }
    };
    view! {
        <form class="desk-form desk-pair" on:submit=move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            put();
        }>
            <label class="desk-field">
                <span>{say.label_new()}</span>
                <input id="desk-many-label" type="text" dir="auto" autocomplete="off" maxlength="40" list=super::labels::KNOWN prop:value=label
                    on:input:target=move |event| label.set(event.target().value())/>
            </label>
            <button type="submit" class="btn">{say.label_put()}</button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use shared::{Language, Refusal, commands::LeftOut};

    use super::*;

    #[test]
    fn no_more_are_picked_than_go_in_one_step() {
        let ids: Vec<QuestionId> = (0..=MOST as u64).map(QuestionId).collect();
        let mut picked = BTreeSet::new();
        change(&mut picked, &ids, true);
        assert_eq!((picked.len(), picked.contains(&QuestionId(MOST as u64))), (MOST, false));
        change(&mut picked, &ids[1..], false);
        assert_eq!(picked.into_iter().collect::<Vec<_>>(), [QuestionId(0)]);
    }

    #[test]
    fn what_was_left_out_is_told_once_for_each_reason() {
        let left = |question, refusal| LeftOut { question: QuestionId(question), refusal };
        let all = vec![left(1, Refusal::HashtagTaken), left(2, Refusal::Empty), left(3, Refusal::HashtagTaken)];
        let said = told(Say(Language::Nl), &ManyDone { done: 4, left: all }).expect("some were left out");
        let reason = |refusal| problems::detail(Language::Nl, &refusal);
        assert!(said.contains(&format!("2 × {}", reason(Refusal::HashtagTaken))), "{said}");
        assert!(said.contains(&format!("1 × {}", reason(Refusal::Empty))), "{said}");
        assert_eq!(told(Say(Language::Nl), &ManyDone { done: 4, left: Vec::new() }), None);
    }
}
