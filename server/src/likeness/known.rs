//! The questions of one session, with what is near what. Pure: it is told what changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use shared::{
    QuestionId, Status,
    views::{Alike, Near, ProposedGroup},
};
use similarity::{Engine, Neighbours, Scale};

use super::{Sketch, apart::Apart, vectors::Vectors};

/// How many near questions a waiting one is shown with.
const SHOWN: usize = 3;
/// Below this chance, in percents, nothing is named: of the nearest that are named on the questions for
/// tuning, three in four are twins.
const NAMED: u8 = 20;
/// What is answered already sends somebody away, and so has to be surer: four in five.
pub const ANSWERED: u8 = 40;
/// How many waiting questions hear of one that became public.
const HEARERS: usize = 32;

/// What is known.
pub struct Known {
    neighbours: Neighbours<QuestionId>,
    /// The public ones once more: most looks are for these, and they are fewer.
    public: Neighbours<QuestionId>,
    questions: BTreeMap<QuestionId, Question>,
    /// What is near each waiting question: of this session, best first, and of another.
    near: BTreeMap<QuestionId, Nearby>,
    changed: BTreeSet<QuestionId>,
    groups: u32,
    moved: bool,
    vectors: Vectors,
}

/// A question for which a vector is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Which.
    pub id: QuestionId,
    /// Its words.
    pub text: String,
    /// Whether it waits.
    pub waits: bool,
}

struct Question {
    text: String,
    status: Status,
    lead: Option<QuestionId>,
}

#[derive(Default, PartialEq, Clone)]
struct Nearby {
    here: Vec<Near>,
    elsewhere: Option<Near>,
}

impl Question {
    fn is_public(&self) -> bool {
        matches!(self.status, Status::Shown | Status::OnStage | Status::Answered)
    }

    fn is_open(&self) -> bool {
        self.is_public() || self.status == Status::Waiting
    }
}

impl Known {
    /// Nothing yet.
    pub fn new(engine: Arc<Engine>) -> Self {
        Self {
            neighbours: Neighbours::new(Arc::clone(&engine)),
            public: Neighbours::new(engine),
            questions: BTreeMap::new(),
            near: BTreeMap::new(),
            changed: BTreeSet::new(),
            groups: 0,
            moved: false,
            vectors: Vectors::default(),
        }
    }

    /// A question is new, or is now like this. `elsewhere` is an answered one of another session that
    /// is near it, when it waits.
    pub fn put(&mut self, sketch: Sketch, elsewhere: Option<Near>) {
        let Sketch { id, text, status, lead, .. } = sketch;
        let now = Question { text, status, lead };
        let before = self.questions.remove(&id);
        if before.as_ref().is_some_and(|was| was.text == now.text && was.status == status && was.lead == lead) {
            self.questions.insert(id, now);
            return;
        }
        self.moved = true;
        let other_words = before.as_ref().is_none_or(|was| was.text != now.text || !was.is_open());
        let (was_public, is_public, is_open) =
            (before.is_some_and(|was| was.is_public()), now.is_public(), now.is_open());
        match (is_open, other_words) {
            (true, true) => {
                self.vectors.want(id);
                self.neighbours.add_with(id, &now.text, None);
            }
            (true, false) => {}
            (false, _) => {
                self.vectors.forget(id);
                self.neighbours.remove(id);
            }
        }
        if !is_public {
            self.public.remove(id);
        } else if other_words || !was_public {
            self.public.add_with(id, &now.text, self.vectors.of(id));
        }
        self.questions.insert(id, now);
        if was_public {
            self.reconsider(id);
        }
        if status == Status::Waiting {
            let here = self.near_here(id);
            self.set(id, Nearby { here, elsewhere });
        } else {
            self.set(id, Nearby::default());
        }
        if is_public {
            self.tell_those_near(id);
        }
    }

    /// From now on vectors are read by this scale. When it is another than before, all are wanted anew.
    pub fn measure(&mut self, scale: &Arc<Scale>) {
        if self.vectors.are_by(scale) {
            return;
        }
        let open = self.questions.iter().filter(|(_, question)| question.is_open()).map(|(id, _)| *id);
        self.vectors = Vectors::wanted(scale, open.collect());
        self.neighbours.measure(Some(Arc::clone(scale)));
        self.public.measure(Some(Arc::clone(scale)));
    }

    /// At most so many questions that have no vector yet; first those that wait.
    pub fn wanted(&self, most: usize) -> Vec<Wanted> {
        let wanted = |waits: bool| {
            let missing = self.vectors.missing().filter_map(|id| Some((id, self.questions.get(&id)?)));
            let missing = missing.filter(move |(_, question)| (question.status == Status::Waiting) == waits);
            missing.map(move |(id, question)| Wanted { id, text: question.text.clone(), waits })
        };
        wanted(true).chain(wanted(false)).take(most).collect()
    }

    /// The vector of these words, when this question has them and it is there.
    pub fn vector(&self, id: QuestionId, text: &str) -> Option<&[f32]> {
        self.questions.get(&id).filter(|question| question.text == text).and_then(|_| self.vectors.of(id))
    }

    /// A vector that was wanted came, read by this scale; none when there will be none. `elsewhere` is an answered
    /// question of another session that is near, by this vector. What is another now than it was is left as it is.
    pub fn learn(&mut self, wanted: &Wanted, vector: Option<Vec<f32>>, scale: &Arc<Scale>, elsewhere: Option<Near>) {
        let id = wanted.id;
        let Some(question) = self.questions.get(&id) else { return };
        if question.text != wanted.text || !self.vectors.are_by(scale) || !self.vectors.keep(id, vector) {
            return;
        }
        let (is_public, waits) = (question.is_public(), question.status == Status::Waiting);
        self.moved = true;
        self.neighbours.add_with(id, &wanted.text, self.vectors.of(id));
        if waits {
            let here = self.near_here(id);
            self.set(id, Nearby { here, elsewhere });
        }
        if is_public {
            self.public.add_with(id, &wanted.text, self.vectors.of(id));
            self.reconsider(id);
            self.tell_those_near(id);
        }
    }

    /// Every waiting question with something near it.
    pub fn all(&self) -> Vec<Alike> {
        self.near.iter().map(|(id, nearby)| alike(*id, nearby)).collect()
    }

    /// Those of which something else is near than was told before, each whole.
    pub fn take_changed(&mut self) -> Vec<Alike> {
        let nothing = Nearby::default();
        let changed = std::mem::take(&mut self.changed);
        changed.into_iter().map(|id| alike(id, self.near.get(&id).unwrap_or(&nothing))).collect()
    }

    /// How many groups there were when they were last counted.
    pub fn groups(&self) -> u32 {
        self.groups
    }

    /// Counts the groups again, when something moved; whether there are more or fewer.
    pub fn recount(&mut self) -> bool {
        if !std::mem::take(&mut self.moved) {
            return false;
        }
        let groups = u32::try_from(self.proposed(&Apart::default()).len()).unwrap_or(u32::MAX);
        std::mem::replace(&mut self.groups, groups) != groups
    }

    /// Public questions near these words, of a bundle the lead.
    pub fn near_public(&self, text: &str, most: usize) -> Vec<Near> {
        let found = self.public.nearest(text, 4 * most, |id| self.leads_public(id));
        self.by_lead(found, most)
    }

    /// Groups of leads and questions that stand alone, the largest first, in which no two are apart.
    pub fn proposed(&self, apart: &Apart) -> Vec<ProposedGroup> {
        let mut proposed = Vec::new();
        for group in self.neighbours.groups(&[]) {
            let mut leads = Vec::new();
            let mut known = BTreeSet::new();
            for lead in group.members.iter().filter_map(|id| self.lead(*id)) {
                if known.insert(lead) {
                    leads.push(lead);
                }
            }
            for questions in apart.split(leads) {
                // Answered ones alone leave nothing to do.
                let to_do = questions.iter().any(|id| self.questions[id].status != Status::Answered);
                if questions.len() > 1 && to_do {
                    proposed.push(ProposedGroup { questions, score: percent(group.score) });
                }
            }
        }
        proposed.sort_by_key(|group| std::cmp::Reverse((group.questions.len(), group.score)));
        proposed
    }

    fn near_here(&self, id: QuestionId) -> Vec<Near> {
        let Some(question) = self.questions.get(&id) else { return Vec::new() };
        let wanted = |other| other != id && self.leads_public(other);
        let found = self.public.nearest_with(&question.text, self.vectors.of(id), 4 * SHOWN, wanted);
        self.by_lead(found, SHOWN)
    }

    /// Each bundle once, with the best score of its wordings.
    fn by_lead(&self, found: Vec<similarity::Near<QuestionId>>, most: usize) -> Vec<Near> {
        let mut near: Vec<Near> = Vec::new();
        for similarity::Near { key, score } in found {
            let Some(question) = self.lead(key) else { continue };
            let score = percent(score);
            let new = near.len() < most && near.iter().all(|known| known.question != question);
            if new && score >= self.least(question) {
                near.push(Near { question, score, elsewhere: None });
            }
        }
        near
    }

    /// How sure one has to be to name a question, in percents.
    fn least(&self, question: QuestionId) -> u8 {
        let answered = self.questions.get(&question).is_some_and(|question| question.status == Status::Answered);
        if answered { ANSWERED } else { NAMED }
    }

    /// Whether a question, or the lead of its bundle, is public.
    fn leads_public(&self, id: QuestionId) -> bool {
        self.lead(id).and_then(|lead| self.questions.get(&lead)).is_some_and(Question::is_public)
    }

    /// The question itself, or the lead of its bundle, while that is there.
    fn lead(&self, id: QuestionId) -> Option<QuestionId> {
        let lead = self.questions.get(&id)?.lead.unwrap_or(id);
        self.questions.contains_key(&lead).then_some(lead)
    }

    /// A question that was near some waiting ones is no longer what it was.
    fn reconsider(&mut self, id: QuestionId) {
        let named = |nearby: &Nearby| nearby.here.iter().any(|near| near.question == id);
        let waiting: Vec<_> = self.near.iter().filter(|(_, nearby)| named(nearby)).map(|(id, _)| *id).collect();
        for waiting in waiting {
            let here = self.near_here(waiting);
            let elsewhere = self.near.get(&waiting).and_then(|nearby| nearby.elsewhere.clone());
            self.set(waiting, Nearby { here, elsewhere });
        }
    }

    /// A question is public now: waiting ones near it hear of it.
    fn tell_those_near(&mut self, id: QuestionId) {
        let Some(question) = self.lead(id).filter(|lead| self.leads_public(*lead)) else { return };
        let waits = |other: QuestionId| self.questions.get(&other).is_some_and(|other| other.status == Status::Waiting);
        for similarity::Near { key, score } in self.neighbours.nearest_to(id, HEARERS, waits) {
            let score = percent(score);
            if score < self.least(question) {
                continue;
            }
            let mut nearby = self.near.get(&key).cloned().unwrap_or_default();
            match nearby.here.iter_mut().find(|near| near.question == question) {
                Some(known) => known.score = known.score.max(score),
                None => nearby.here.push(Near { question, score, elsewhere: None }),
            }
            nearby.here.sort_by_key(|near| std::cmp::Reverse(near.score));
            nearby.here.truncate(SHOWN);
            self.set(key, nearby);
        }
    }

    fn set(&mut self, id: QuestionId, nearby: Nearby) {
        let nothing = Nearby::default();
        if *self.near.get(&id).unwrap_or(&nothing) == nearby {
            return;
        }
        self.changed.insert(id);
        if nearby == nothing {
            self.near.remove(&id);
        } else {
            self.near.insert(id, nearby);
        }
    }
}

fn alike(question: QuestionId, nearby: &Nearby) -> Alike {
    Alike { question, near: nearby.here.iter().chain(&nearby.elsewhere).cloned().collect() }
}

/// A chance in whole percents.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 100")]
pub fn percent(score: f32) -> u8 {
    (score.clamp(0.0, 1.0) * 100.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    const STALLING: &str = "Waarom is de fietsenstalling bij Centraal altijd vol?";

    fn known(questions: &[(u64, &str, Status)]) -> Known {
        let mut known = Known::new(Arc::new(Engine::letters_alone()));
        for (id, text, status) in questions {
            known.put(sketch(*id, text, *status), None);
        }
        known
    }

    fn sketch(id: u64, text: &str, status: Status) -> Sketch {
        Sketch { id: QuestionId(id), text: text.into(), status, lead: None, answer: None }
    }

    fn near(known: &Known, id: u64) -> Vec<u64> {
        let all = known.all();
        let alike = all.iter().find(|alike| alike.question == QuestionId(id));
        alike.map_or_else(Vec::new, |alike| alike.near.iter().map(|near| near.question.0).collect())
    }

    #[test]
    fn a_waiting_question_names_the_shown_one_whichever_came_first() {
        let same = "waarom is de fietsenstalling bij centraal altijd vol";
        assert_eq!(near(&known(&[(1, STALLING, Status::Shown), (2, same, Status::Waiting)]), 2), [1]);
        let mut known = known(&[(2, same, Status::Waiting), (1, STALLING, Status::Waiting)]);
        assert!(near(&known, 2).is_empty(), "both wait");
        known.put(sketch(1, STALLING, Status::Shown), None);
        assert_eq!(near(&known, 2), [1]);
        let told: Vec<_> = known.take_changed().into_iter().map(|alike| alike.question.0).collect();
        assert_eq!(told, [2]);
        assert_eq!(known.take_changed(), []);
    }

    #[test]
    fn what_is_hidden_is_near_nothing_and_a_wording_stands_for_its_lead() {
        let same = "waarom is de fietsenstalling bij centraal altijd vol";
        let mut known = known(&[(1, STALLING, Status::Shown), (2, same, Status::Waiting)]);
        known.put(sketch(1, STALLING, Status::Declined), None);
        assert!(near(&known, 2).is_empty());
        known.put(sketch(3, "Iets heel anders over bomen", Status::Shown), None);
        known.put(Sketch { lead: Some(QuestionId(3)), ..sketch(1, STALLING, Status::Shown) }, None);
        assert_eq!(near(&known, 2), [3]);
        assert_eq!(known.near_public(STALLING, 3).iter().map(|near| near.question.0).collect::<Vec<_>>(), [3]);
        known.put(sketch(2, same, Status::Shown), None);
        assert_eq!(known.all(), []);
    }

    #[test]
    fn a_vector_that_comes_later_is_taken_in_and_one_for_other_words_is_not() {
        let vector = |subject: usize, wording: usize| {
            let mut vector = vec![1.0; 40];
            vector[subject] += 2.0;
            vector[39 - wording] += 0.5;
            vector
        };
        let anchors: Vec<_> = (0..2 * similarity::ANCHORS.len()).map(|at| vector(at / 2, at % 2)).collect();
        let scale = Arc::new(Scale::of(&anchors).expect("a scale"));
        let mut known = Known::new(Arc::new(Engine::embedded().expect("a table")));
        let (swim, laps) = ("Wanneer gaat het zwembad weer open?", "Kunnen wij daar straks baantjes trekken?");
        known.put(sketch(1, swim, Status::Shown), None);
        known.put(sketch(2, laps, Status::Waiting), None);
        assert!(near(&known, 2).is_empty());
        known.measure(&scale);
        let wanted = known.wanted(9);
        assert_eq!(
            wanted.iter().map(|wanted| (wanted.id.0, wanted.waits)).collect::<Vec<_>>(),
            [(2, true), (1, false)]
        );
        known.learn(&wanted[0], Some(vector(3, 0)), &scale, None);
        known.learn(&wanted[1], Some(vector(3, 1)), &scale, None);
        assert_eq!((near(&known, 2), known.wanted(9)), (vec![1], vec![]));
        known.put(sketch(2, "Iets heel anders over bomen", Status::Waiting), None);
        known.learn(&wanted[0], Some(vector(3, 0)), &scale, None);
        assert_eq!((near(&known, 2), known.wanted(9).len()), (vec![], 1), "it was for other words");
        known.learn(&known.wanted(1)[0].clone(), None, &scale, None);
        assert_eq!(known.wanted(9), [], "it is refused, and not asked for again");
        known.measure(&Arc::new(Scale::of(&anchors).expect("a scale")));
        assert_eq!(known.wanted(9).len(), 2, "another model's");
    }

    #[test]
    fn groups_hold_leads_and_not_what_is_kept_apart() {
        let mut known = known(&[
            (1, STALLING, Status::Shown),
            (2, STALLING, Status::Waiting),
            (3, "Wie haalt de kerstbomen op?", Status::Waiting),
        ]);
        let groups = |known: &Known, apart: &Apart| -> Vec<Vec<u64>> {
            known.proposed(apart).iter().map(|group| group.questions.iter().map(|id| id.0).collect()).collect()
        };
        assert_eq!(groups(&known, &Apart::default()), [[1, 2]]);
        assert!(known.recount() && known.groups() == 1 && !known.recount());
        let (one, two) = (BTreeSet::from([QuestionId(1)]), BTreeSet::from([QuestionId(2)]));
        assert_eq!(groups(&known, &Apart::of([(&one, &two)].into_iter())), Vec::<Vec<u64>>::new());
        known.put(Sketch { lead: Some(QuestionId(1)), ..sketch(2, STALLING, Status::Shown) }, None);
        assert_eq!(groups(&known, &Apart::default()), Vec::<Vec<u64>>::new(), "bundled already");
    }
}
