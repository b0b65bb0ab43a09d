//! Average link: clusters join while what is between them is near on average, so that a chain does not become one.

use rustc_hash::FxHashMap;

/// Two clusters join when what is between them is this near on average.
pub const JOIN: f32 = 0.5;

/// A cluster of texts.
pub struct Cluster {
    /// The most central first.
    pub texts: Vec<usize>,
    /// How near two of them are on average: 0 to 1, and 1 for one alone.
    pub score: f32,
}

/// Joins texts that are numbered from 0 on. `links` go both ways, in the order of the other text; what is not linked is
/// not near.
pub fn join(links: &[Vec<(usize, f32)>]) -> Vec<Cluster> {
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (a, near) in links.iter().enumerate() {
        pairs.extend(near.iter().filter(|(b, near)| a < *b && *near >= JOIN).map(|(b, near)| (*near, a, *b)));
    }
    pairs.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut clusters = Clusters::new(links);
    for (_, a, b) in pairs {
        clusters.join(a, b);
    }
    clusters.members.iter().filter(|members| !members.is_empty()).map(|members| clusters.ordered(members)).collect()
}

struct Clusters<'a> {
    links: &'a [Vec<(usize, f32)>],
    of: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// For each cluster, what is between it and others, added up.
    between: Vec<FxHashMap<usize, f32>>,
}

impl<'a> Clusters<'a> {
    fn new(links: &'a [Vec<(usize, f32)>]) -> Self {
        Self {
            links,
            of: (0..links.len()).collect(),
            members: (0..links.len()).map(|text| vec![text]).collect(),
            between: links.iter().map(|links| links.iter().copied().collect()).collect(),
        }
    }

    /// Joins the clusters of two texts when they are near on average.
    fn join(&mut self, a: usize, b: usize) {
        let (mut into, mut from) = (self.of[a], self.of[b]);
        if into == from {
            return;
        }
        let between = self.between[into].get(&from).copied().unwrap_or(0.0);
        if between / (count(&self.members[into]) * count(&self.members[from])) < JOIN {
            return;
        }
        if self.between[into].len() < self.between[from].len() {
            std::mem::swap(&mut into, &mut from);
        }
        for text in std::mem::take(&mut self.members[from]) {
            self.of[text] = into;
            self.members[into].push(text);
        }
        self.between[into].remove(&from);
        // Each other cluster gets one sum, so that the order of the map does not matter.
        for (other, sum) in std::mem::take(&mut self.between[from]) {
            if other != into {
                *self.between[into].entry(other).or_default() += sum;
                self.between[other].remove(&from);
                *self.between[other].entry(into).or_default() += sum;
            }
        }
    }

    fn ordered(&self, members: &[usize]) -> Cluster {
        let mut ordered: Vec<(usize, f32)> = members.iter().map(|text| (*text, self.centrality(*text))).collect();
        ordered.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        let pairs = count(members) * (count(members) - 1.0);
        let sum: f32 = ordered.iter().map(|(_, sum)| sum).sum();
        let score = if members.len() == 1 { 1.0 } else { (sum / pairs).clamp(0.0, 1.0) };
        Cluster { texts: ordered.into_iter().map(|(text, _)| text).collect(), score }
    }

    /// How near a text is to the others of its cluster, added up.
    fn centrality(&self, text: usize) -> f32 {
        self.links[text].iter().filter(|(other, _)| self.of[*other] == self.of[text]).map(|(_, near)| near).sum()
    }
}

fn count(members: &[usize]) -> f32 {
    f32::from(u16::try_from(members.len()).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(count: usize, pairs: &[(usize, usize, f32)]) -> Vec<usize> {
        let mut links = vec![Vec::new(); count];
        for (a, b, near) in pairs {
            links[*a].push((*b, *near));
            links[*b].push((*a, *near));
        }
        for links in &mut links {
            links.sort_unstable_by_key(|(other, _)| *other);
        }
        join(&links).iter().map(|cluster| cluster.texts.len()).collect()
    }

    #[test]
    fn a_chain_is_not_one_cluster_and_three_that_are_all_near_are() {
        assert_eq!(sizes(4, &[(0, 1, 0.9), (1, 2, 0.8), (2, 3, 0.9)]), [2, 2]);
        assert_eq!(sizes(3, &[(0, 1, 0.9), (1, 2, 0.7), (0, 2, 0.6)]), [3]);
    }
}
