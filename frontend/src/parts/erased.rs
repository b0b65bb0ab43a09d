//! A view whose type is forgotten. Leptos has `AnyView`, which can also wait for data and be written
//! bit by bit; nothing here does, and the code for it, for every type that was forgotten, would be a
//! tenth of what a citizen's page downloads.

use std::any::{Any, TypeId};

use leptos::{
    prelude::*,
    tachys::{
        html::attribute::any_attribute::AnyAttribute,
        hydration::Cursor,
        no_attrs,
        renderer::types::{Element, Node},
        view::{Mountable, Position, PositionState},
    },
};

/// Any view at all.
pub struct Erased(Box<dyn Forgotten>);

impl Erased {
    /// Forgets a view's type.
    pub fn new<V: IntoView + 'static>(view: V) -> Self {
        Self(Box::new(view))
    }
}

/// What is kept of an erased view: what is on the page, and the type of view that it came of.
pub struct Kept {
    kind: TypeId,
    held: Box<dyn Held>,
}

/// What an erased view can still do.
trait Forgotten: Send {
    fn build(self: Box<Self>) -> Kept;
    fn rebuild(self: Box<Self>, kept: &mut Kept);
    #[cfg(feature = "hydrate")]
    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Kept;
    #[cfg(not(feature = "hydrate"))]
    fn write(self: Box<Self>, html: &mut String, position: &mut Position, escape: bool, attributes: Vec<AnyAttribute>);
}

impl<V: IntoView + 'static> Forgotten for V {
    fn build(self: Box<Self>) -> Kept {
        Kept { kind: TypeId::of::<V>(), held: Box::new(Render::build(*self)) }
    }

    fn rebuild(self: Box<Self>, kept: &mut Kept) {
        if kept.kind == TypeId::of::<V>()
            && let Some(state) = kept.held.as_any().downcast_mut()
        {
            Render::rebuild(*self, state);
        } else {
            kept.replace(self.build());
        }
    }

    #[cfg(feature = "hydrate")]
    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Kept {
        let state = RenderHtml::hydrate::<true>(*self, cursor, position);
        Kept { kind: TypeId::of::<V>(), held: Box::new(state) }
    }

    #[cfg(not(feature = "hydrate"))]
    fn write(self: Box<Self>, html: &mut String, position: &mut Position, escape: bool, attributes: Vec<AnyAttribute>) {
        self.to_html_with_buf(html, position, escape, false, attributes);
    }
}

/// What is on the page.
trait Held: Mountable {
    fn as_any(&mut self) -> &mut dyn Any;
}

impl<S: Mountable + 'static> Held for S {
    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}

impl Kept {
    fn replace(&mut self, mut new: Self) {
        self.insert_before_this(&mut new);
        self.unmount();
        *self = new;
    }
}

impl Render for Erased {
    type State = Kept;

    fn build(self) -> Kept {
        self.0.build()
    }

    fn rebuild(self, state: &mut Kept) {
        self.0.rebuild(state);
    }
}

no_attrs!(Erased);

impl RenderHtml for Erased {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        html: &mut String,
        position: &mut Position,
        escape: bool,
        _mark_branches: bool,
        attributes: Vec<AnyAttribute>,
    ) {
        #[cfg(not(feature = "hydrate"))]
        self.0.write(html, position, escape, attributes);
        #[cfg(feature = "hydrate")]
        let _ = (html, position, escape, attributes);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Kept {
        #[cfg(feature = "hydrate")]
        return self.0.hydrate(cursor, position);
        #[cfg(not(feature = "hydrate"))]
        {
            let _ = (cursor, position);
            self.build()
        }
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl Mountable for Kept {
    fn unmount(&mut self) {
        self.held.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.held.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.held.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.held.elements()
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn it_is_written_as_if_nothing_was_forgotten() {
        let view = || view! { <p class="soft">"Waarom " <b>{String::from("<nu>")}</b> {Some("?")}</p> };
        let forgotten = (Erased::new(view()), Some(Erased::new("een".to_owned())), None::<Erased>, "twee");
        let known = (view(), Some("een".to_owned()), None::<String>, "twee");
        assert_eq!(forgotten.to_html(), known.to_html());
    }
}
