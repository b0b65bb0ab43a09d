//! What an island is given with the page.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A prop that travels from the server to the browser and never back. The browser would otherwise
/// write out, once more, everything it just read, and carry the code for it.
#[derive(Debug, Clone)]
pub struct First<T>(pub T);

#[cfg(not(feature = "hydrate"))]
impl<T: Serialize> Serialize for First<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[cfg(feature = "hydrate")]
impl<T> Serialize for First<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for First<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}
