//! How near two texts are: the precise look.

use crate::profile::Profile;

/// Below this nothing is claimed.
pub const CLAIM: f32 = 0.2;

/// About the chance that two texts mean the same: 0 to 1.
pub fn score(a: &Profile, b: &Profile) -> f32 {
    if a.words.is_empty() || b.words.is_empty() {
        return 0.0;
    }
    let cosine = a.runs.cosine(&b.runs);
    1.0 / (1.0 + (-(12.0 * cosine - 6.0)).exp())
}
