//! At the foot of the wall: which session this is, how to take part, and how much there is.

use leptos::{either::Either, prelude::*};
use shared::views::Account;

use super::{Here, account};
use crate::{address, components::ConnectionLine, parts};

pub fn line(here: Here, numbers: Account) -> impl IntoView {
    let counts = here.session(|session| session.counts);
    let tag = view! {
        <b class="tag"><bdi><span class="hash">"#"</span>{here.hashtag.get_value()}</bdi></b>
    };
    let how = if here.embed {
        let there = address::session(&here.hashtag.get_value());
        Either::Left(view! {
            {tag}
            <a class="btn" href=there target="_blank" rel="noopener">{here.say.take_part()}</a>
        })
    } else {
        Either::Right(view! {
            {here.qr()}
            <p class="how">
                {tag} <span>{here.say.or_go_to()} " " {here.address()}</span>
            </p>
        })
    };
    view! {
        <footer class="foot">
            {how}
            <ConnectionLine lang=here.lang connection=here.live.connection />
            <div class="sums">
            <p class="sum num" hidden=parts::flag(move || counts.get().asked == 0)>{parts::text(move || here.say.counts(counts.get()))}</p>
            {account::line(here, numbers)}
            </div>
        </footer>
    }
}
