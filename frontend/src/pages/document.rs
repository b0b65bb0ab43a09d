//! The document around every page. It holds no inline script and no inline style, so that the
//! content security policy can forbid both.

use leptos::{attr::custom::custom_attribute, prelude::*, tachys::html::doctype};
use shared::sentences::common;

use crate::Shell;

/// What a page says about itself.
pub struct Head {
    /// Of the window, and of a shared link.
    pub title: String,
    /// For search engines and shared links; one or two sentences.
    pub description: String,
    /// The page's own class on `<body>`.
    pub class: &'static str,
    /// The bundle that wakes the page's islands, if it has any.
    pub island: Option<Bundle>,
    /// Whether search engines may list it.
    pub robots: bool,
}

/// What a browser downloads to wake islands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bundle {
    /// The citizen's page.
    Citizens,
    /// The wall.
    Wall,
    /// The desk, the panel and the organiser's pages.
    Staff,
}

impl Bundle {
    fn name(self) -> &'static str {
        match self {
            Self::Citizens => "citizens",
            Self::Wall => "wall",
            Self::Staff => "staff",
        }
    }
}

/// A whole document, from `<!DOCTYPE html>` on. The body has one element with the id `content`.
pub fn document(shell: &Shell, head: Head, body: impl IntoView) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        view! {
            {doctype("html")}
            <html lang=shell.lang.tag() class="auto" data-bundle=head.island.map(Bundle::name)>
                <head>{contents_of_head(shell, &head)}</head>
                <body class=head.class>
                    <a class="skip" href="#content">{common::skip_to_content(shell.lang)}</a>
                    {body}
                </body>
            </html>
        }
        .to_html()
    });
    owner.cleanup();
    html
}

fn contents_of_head(shell: &Shell, head: &Head) -> impl IntoView + use<> {
    let assets = &shell.assets;
    let path = shell.path.split('?').next().unwrap_or("/");
    let scripts = head.island.map(|bundle| {
        let name = bundle.name();
        view! {
            // All asked for at once, so that none waits for another to name it, and after what is read:
            // the page works before any of this is there.
            <link rel="modulepreload" href=format!("{assets}/boot.js") fetchpriority="low" />
            <link rel="modulepreload" href=format!("{assets}/{name}.js") fetchpriority="low" />
            <link
                rel="preload"
                fetchpriority="low"
                href=format!("{assets}/{name}_bg.wasm")
                r#as="fetch"
                r#type="application/wasm"
                crossorigin="anonymous"
            />
            <script type="module" src=format!("{assets}/boot.js")></script>
        }
    });
    view! {
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{head.title.clone()}</title>
        <meta name="description" content=head.description.clone() />
        {shared_as("og:title", head.title.clone())}
        {shared_as("og:description", head.description.clone())}
        {shared_as("og:url", format!("{}{path}", shell.public_url))}
        {shared_as("og:type", "website".to_owned())}
        <meta name="color-scheme" content="light dark" />
        {(!head.robots).then(|| view! { <meta name="robots" content="noindex" /> })}
        <link rel="icon" type="image/svg+xml" href=format!("{assets}/favicon.svg") />
        <link
            rel="preload"
            href=format!("{assets}/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2")
            r#as="font"
            r#type="font/woff2"
            crossorigin="anonymous"
        />
        <link rel="stylesheet" href=format!("{assets}/app.css") />
        {scripts}
    }
}

/// What other sites show of a link to this page (ogp.me).
fn shared_as(property: &'static str, content: String) -> impl IntoView {
    view! { <meta {..custom_attribute("property", property)} content=content /> }
}
