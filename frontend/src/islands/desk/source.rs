//! Where a question came from, when it was a post elsewhere first: on its card.

use leptos::prelude::*;
use shared::{
    Moment, QuestionId, Source, Status,
    sentences::{common, sources::Sources, times},
    views::{ModeratorCard, Post},
};

use super::{revision::Revision, state::Desk, telling::Telling};

/// All that a card tells of the post that it was: nothing for other questions. What is `inside` another
/// card has no keys of its own, and its links are stops of the Tab key as far as one sees them.
#[component]
pub fn Elsewhere(id: QuestionId, card: Memo<Option<ModeratorCard>>, #[prop(optional)] inside: bool) -> impl IntoView {
    let desk = Desk::here();
    let was_post = Memo::new(move |_| card.with(|card| card.as_ref().is_some_and(|card| card.post.is_some())));
    move || {
        was_post.get().then(|| {
            let stops = Memo::new(move |_| inside || desk.selected.get() == Some(id));
            view! {
                <Whence card stops/>
                <Revision id card stops inside/>
                <Telling id card stops/>
            }
            .into_any()
        })
    }
}

/// The network, the author as a link to the post, when it was written, what its author warned of, and
/// its pictures, which are not loaded.
#[component]
fn Whence(card: Memo<Option<ModeratorCard>>, stops: Memo<bool>) -> impl IntoView {
    let desk = Desk::here();
    let say = Sources(desk.say.0);
    let stop = move || if stops.get() { "0" } else { "-1" };
    let whence = Memo::new(move |_| card.with(|card| card.as_ref().and_then(whence)));
    move || {
        whence.get().map(|(source, post, asked)| {
            let written = desk.now.with_value(|now| written(say, &post, &asked, now));
            let (mark, author) = marked(say, source, &post);
            let author = author.map(|author| match post.link {
                Some(link) => view! {
                    <a href=link target="_blank" rel="noreferrer nofollow" tabindex=stop>
                        <bdi>{author}</bdi><span aria-hidden="true">" ↗"</span><span class="sr">", "{say.elsewhere()}</span>
                    </a>
                }
                .into_any(),
                None => view! { <bdi>{author}</bdi> }.into_any(),
            });
            let images = post.images.into_iter().enumerate().map(|(at, image)| {
                view! { <a href=image target="_blank" rel="noreferrer nofollow" tabindex=stop>{say.image(at + 1)}</a> }
            });
            view! {
                <p class="desk-post">
                    <b class="desk-network" data-source=source.word()><bdi>{mark}</bdi></b>
                    {author}
                    {post.bot.then(|| view! { <span class="chip">{say.bot()}</span> })}
                    {written.map(|written| view! { <span class="num soft">{written}</span> })}
                    {images.collect_view()}
                </p>
                {post.warning.map(|warning| view! {
                    <p class="desk-caution"><b>{say.warning()}": "</b><span dir="auto">{warning}</span></p>
                })}
            }
        })
    }
}

/// The mark of the network, and what is said beside it: the author, or else the site that it stands on. A
/// gateway's mark is its own name.
fn marked(say: Sources, source: Source, post: &Post) -> (String, Option<String>) {
    let author = Some(post.author.clone()).filter(|author| !author.is_empty());
    let site = post.link.as_ref().and_then(|link| link.split('/').nth(2)).map(str::to_owned);
    match source {
        Source::Gateway => (author.unwrap_or_else(|| say.by_hand().to_owned()), site),
        _ => (say.network(source).to_owned(), author.or(site)),
    }
}

/// When it was written, unless the time at which it came in tells that already.
fn written(say: Sources, post: &Post, asked: &Moment, now: &Moment) -> Option<String> {
    let at = |moment: &Moment| times::stamp(say.0, moment, now);
    (at(&post.written_at) != at(asked)).then(|| say.written(&post.written_at, now))
}

/// What does not change when moderators decide, and when it came in.
fn whence(card: &ModeratorCard) -> Option<(Source, Post, Moment)> {
    let post = card.post.clone()?;
    let still = Post { revision: None, answerable: false, tell: None, news: Vec::new(), ..post };
    Some((card.card.source, still, card.card.asked_at.clone()))
}

impl Desk {
    /// How it is said that a question was taken back.
    pub fn withdrawn(self, card: &ModeratorCard) -> String {
        if was_removed(card) {
            Sources(self.say.0).removed_on(card.card.source)
        } else {
            common::status(self.say.0, Status::Withdrawn).to_owned()
        }
    }
}

/// Whether a question's author removed the post that it was.
pub fn was_removed(card: &ModeratorCard) -> bool {
    card.post.is_some() && card.card.status == Status::Withdrawn
}

#[cfg(test)]
mod tests {
    use shared::Language;

    use super::*;
    use crate::islands::desk::sample::{card, posted};

    fn told(source: Source, author: &str, link: Option<&str>) -> (String, Option<String>) {
        let post = posted(1, "?", Status::Waiting).post.expect("it was a post");
        let post = Post { author: author.into(), link: link.map(str::to_owned), ..post };
        marked(Sources(Language::Nl), source, &post)
    }

    #[test]
    fn a_post_is_known_by_its_network_and_its_author() {
        let there = Some("https://mastodon.example/@vera/1");
        assert_eq!(told(Source::Mastodon, "@vera", there), ("Mastodon".into(), Some("@vera".into())));
        assert_eq!(told(Source::Mastodon, "", there), ("Mastodon".into(), Some("mastodon.example".into())));
        assert_eq!(told(Source::Gateway, "sms", None), ("sms".into(), None));
        assert_eq!(told(Source::Gateway, "", None), ("met de hand".into(), None));
    }

    #[test]
    fn one_time_is_enough_when_it_came_in_as_it_was_written() {
        let post = posted(1, "?", Status::Waiting).post.expect("it was a post");
        let (later, now) = (Moment("2026-05-12T14:00:00+02:00".into()), Moment("2026-05-12T20:00:00+02:00".into()));
        let say = Sources(Language::Nl);
        assert_eq!(written(say, &post, &later, &now).as_deref(), Some("geschreven 13.58 uur"));
        assert_eq!(written(say, &post, &post.written_at.clone(), &now), None);
    }

    #[test]
    fn only_what_was_a_post_is_removed_by_its_author() {
        assert!(was_removed(&posted(1, "?", Status::Withdrawn)));
        assert!(!was_removed(&posted(1, "?", Status::Declined)));
        assert!(!was_removed(&card(1, "?", Status::Withdrawn)));
    }
}
