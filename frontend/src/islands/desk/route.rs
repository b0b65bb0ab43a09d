//! Sending a question to a department, with a time by which something should be there, and giving it to
//! one of several aldermen.

use leptos::{ev::KeyboardEvent, prelude::*};
use shared::{Moment, QuestionId, commands::Route};

use super::{dom, state::Desk};

/// The id of the list of departments that are in use.
pub const KNOWN: &str = "desk-known-departments";

/// At most this many characters fit in the name of a department.
const MOST: usize = 80;

/// By when, as one chooses it.
const CHOICES: [&str; 5] = ["", "10", "30", "60", "own"];

/// The form.
#[component]
pub fn RouteForm(id: QuestionId) -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let form = RwSignal::from(desk.work(id).form);
    let routed = desk.card_now(id).and_then(|card| card.routed);
    let there = routed.is_some();
    let department = RwSignal::new(routed.map(|routed| routed.department).unwrap_or_default());
    let due = RwSignal::new(CHOICES[2].to_owned());
    let time = RwSignal::new(String::new());
    let field = format!("q-{id}-department");
    dom::focus_when_made(field.clone());
    desk.learn_facets();
    let send = move || {
        let name = department.get_untracked().trim().to_owned();
        if name.is_empty() {
            return;
        }
        let due = desk
            .now
            .with_value(|now| when(&due.get_untracked(), &time.get_untracked(), now, desk.clock.get_untracked()));
        desk.route(id, Route { department: Some(name), due, seen: None });
    };
    let enter = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            send();
        }
    };
    let words = [say.due_none(), say.due_10(), say.due_30(), say.due_60(), say.due_own()];
    view! {
        <div class="desk-form">
            <Aldermen id/>
            <label class="desk-field">
                <span>{say.route_title()}</span>
                <input id=field type="text" dir="auto" autocomplete="off" list=KNOWN maxlength=MOST prop:value=department
                    on:input:target=move |event| department.set(event.target().value()) on:keydown=enter/>
            </label>
            <div class="desk-pair">
                <label class="desk-field">
                    <span>{say.due()}</span>
                    <select on:change:target=move |event| due.set(event.target().value())>
                        {CHOICES.into_iter().zip(words).map(|(value, word)| view! {
                            <option value=value selected=value == CHOICES[2]>{word}</option>
                        }).collect_view()}
                    </select>
                </label>
                {move || (due.get() == "own").then(|| view! {
                    <label class="desk-field">
                        <span>{say.due_at()}</span>
                        <input type="time" prop:value=time on:input:target=move |event| time.set(event.target().value()) on:keydown=enter/>
                    </label>
                })}
            </div>
            <div class="desk-deeds">
                <button type="button" class="btn desk-deed" on:click=move |_| send()>{say.route_send()}<kbd aria-hidden="true">"↵"</kbd></button>
                {there.then(|| view! {
                    <button type="button" class="btn quiet desk-deed" on:click=move |_| {
                        desk.route(id, Route { department: None, due: None, seen: None });
                    }>{say.route_back()}</button>
                })}
                <button type="button" class="btn quiet desk-deed" on:click=move |_| {
                    form.set(None);
                    dom::focus(&dom::card(id));
                }>{say.cancel()}<kbd aria-hidden="true">"Esc"</kbd></button>
            </div>
        </div>
    }
    .into_any()
}

/// For whom, when there are several.
#[component]
fn Aldermen(id: QuestionId) -> impl IntoView {
    let desk = Desk::here();
    let say = desk.say;
    let names = desk.session.with_untracked(|session| {
        session.public.aldermen.iter().map(|alderman| alderman.name.clone()).collect::<Vec<_>>()
    });
    let now = desk.card_now(id).and_then(|card| card.alderman);
    (names.len() > 1).then(|| {
        view! {
            <label class="desk-field">
                <span>{say.alderman()}</span>
                <select on:change:target=move |event| {
                    let name = event.target().value();
                    desk.assign(id, Some(name).filter(|name| !name.is_empty()));
                }>
                    <option value="" selected=now.is_none()>{say.alderman_any()}</option>
                    {names.into_iter().map(|name| {
                        let chosen = now.as_ref() == Some(&name);
                        view! { <option value=name.clone() selected=chosen>{name.clone()}</option> }
                    }).collect_view()}
                </select>
            </label>
        }
    })
}

/// The time that was chosen: so many minutes from `clock` (milliseconds since 1970), or a time of the
/// day on which the page was made, local to the session.
fn when(choice: &str, time: &str, now: &Moment, clock: i64) -> Option<String> {
    match choice {
        "" => None,
        "own" => (time.len() >= 5).then(|| format!("{}T{time}", now.0.get(..10).unwrap_or_default())),
        minutes => Some(utc(clock + minutes.parse::<i64>().ok()? * 60_000)),
    }
}

/// RFC 3339, in UTC (days to dates as in Howard Hinnant's "chrono-compatible low-level date algorithms").
fn utc(millis: i64) -> String {
    let seconds = millis.div_euclid(1_000);
    let (days, second) = (seconds.div_euclid(86_400) + 719_468, seconds.rem_euclid(86_400));
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_they_are_read() {
        for text in ["2026-05-12T12:09:30Z", "2024-02-29T23:59:59Z", "2026-01-01T00:00:00Z", "1999-12-31T00:00:01Z"] {
            let read = Moment(text.replace('Z', "+00:00"));
            assert_eq!(utc(read.millis()), text);
        }
    }

    #[test]
    fn a_time_is_chosen_from_now_or_by_the_clock() {
        let now = Moment("2026-05-12T14:09:30+02:00".into());
        let clock = now.millis();
        assert_eq!(when("", "", &now, clock), None);
        assert_eq!(when("30", "", &now, clock), Some("2026-05-12T12:39:30Z".into()));
        assert_eq!(when("own", "16:15", &now, clock), Some("2026-05-12T16:15".into()));
        assert_eq!(when("own", "", &now, clock), None);
    }
}
