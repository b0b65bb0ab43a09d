//! The posts of the network that are on a screen here, by author and key, so that a deletion can be told
//! from the thousands that do not matter.

use std::collections::{BTreeSet, HashMap};

use super::post::COLLECTION;

/// Posts that matter here.
#[derive(Debug, Default)]
pub struct Known {
    by_author: HashMap<String, BTreeSet<String>>,
    count: usize,
}

impl Known {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether this one is among them.
    pub fn holds(&self, did: &str, rkey: &str) -> bool {
        self.by_author.get(did).is_some_and(|keys| keys.contains(rkey))
    }

    /// Adds one by its `at://` address; what is no address of a post is passed over.
    pub fn add(&mut self, address: &str) {
        if let Some((did, rkey)) = apart(address)
            && self.by_author.entry(did.to_owned()).or_default().insert(rkey.to_owned())
        {
            self.count += 1;
        }
    }

    /// Takes one out.
    pub fn drop(&mut self, address: &str) {
        let Some((did, rkey)) = apart(address) else { return };
        let Some(keys) = self.by_author.get_mut(did) else { return };
        self.count -= usize::from(keys.remove(rkey));
        if keys.is_empty() {
            self.by_author.remove(did);
        }
    }

    /// The addresses of all of one author, in order.
    pub fn of(&self, did: &str) -> Vec<String> {
        self.by_author.get(did).into_iter().flatten().map(|rkey| address(did, rkey)).collect()
    }
}

impl<'a> FromIterator<&'a str> for Known {
    fn from_iter<T: IntoIterator<Item = &'a str>>(addresses: T) -> Self {
        let mut known = Self::default();
        for address in addresses {
            known.add(address);
        }
        known
    }
}

/// The address of a post.
pub fn address(did: &str, rkey: &str) -> String {
    format!("at://{did}/{COLLECTION}/{rkey}")
}

/// The author and the key in the address of a post.
pub fn apart(address: &str) -> Option<(&str, &str)> {
    let (did, rest) = address.strip_prefix("at://")?.split_once('/')?;
    let rkey = rest.strip_prefix(COLLECTION)?.strip_prefix('/')?;
    (!did.is_empty() && !rkey.is_empty() && !rkey.contains('/')).then_some((did, rkey))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_was_added_and_not_taken_out() {
        let (one, two) = (address("did:plc:a", "k1"), address("did:plc:a", "k2"));
        let mut known: Known = [one.as_str(), two.as_str(), two.as_str(), "https://x.nl"].into_iter().collect();
        assert_eq!(known.len(), 2);
        assert!(known.holds("did:plc:a", "k1") && !known.holds("did:plc:b", "k1"));
        assert_eq!(known.of("did:plc:a"), [one.clone(), two.clone()]);
        known.drop(&one);
        known.drop(&one);
        known.drop(&two);
        assert!(known.is_empty() && known.of("did:plc:a").is_empty());
    }
}
