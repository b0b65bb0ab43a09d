//! What was answered before, in any session of this house, for moderators who meet it again.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use shared::{
    Method, QuestionId, Status,
    views::{Near, NearElsewhere},
};
use similarity::{Engine, Neighbours, Scale};
use tokio::sync::Notify;

use super::{
    Sketch,
    endpoint::TEXTS,
    known::{ANSWERED, percent},
    outside::Outside,
};

/// The longest part of an answer that is shown with it, in characters.
const SHOWN: usize = 280;

/// The answered questions of every session.
pub struct Answers {
    engine: Arc<Engine>,
    outside: Option<Arc<Outside>>,
    sessions: Mutex<Vec<Source>>,
    read: AtomicBool,
    kept: Mutex<Kept>,
    /// Something was answered.
    news: Notify,
}

/// A session, to be read when its answers are first asked for.
type Source = Box<dyn Fn() -> Option<(String, Vec<Sketch>)> + Send>;

struct Kept {
    neighbours: Neighbours<u64>,
    numbers: BTreeMap<(String, QuestionId), u64>,
    answered: BTreeMap<u64, Answered>,
    next: u64,
    scale: Option<Arc<Scale>>,
    /// Those that have no vector yet.
    missing: BTreeSet<u64>,
}

/// A question and what was answered to it.
#[derive(Debug, Clone, PartialEq)]
struct Answered {
    /// The session's folded hashtag.
    pub session: String,
    /// Which.
    pub question: QuestionId,
    /// Its words.
    pub text: String,
    /// The answer's.
    pub answer: String,
}

impl Answers {
    /// None yet.
    pub fn new(engine: Arc<Engine>, outside: Option<Arc<Outside>>) -> Self {
        let kept = Kept {
            neighbours: Neighbours::new(Arc::clone(&engine)),
            numbers: BTreeMap::new(),
            answered: BTreeMap::new(),
            next: 0,
            scale: None,
            missing: BTreeSet::new(),
        };
        let (read, kept) = (AtomicBool::new(false), Mutex::new(kept));
        Self { engine, outside, sessions: Mutex::default(), read, kept, news: Notify::new() }
    }

    /// Gets the vectors of what was answered, when there is an endpoint, for as long as this is polled.
    pub async fn enrich(self: Arc<Self>) {
        let Some(outside) = &self.outside else { return };
        let mut standing = outside.follow();
        loop {
            let scale = standing.borrow_and_update().clone();
            let wanted = scale.as_ref().map(|scale| self.kept().wanted(scale)).unwrap_or_default();
            let Some(scale) = scale.filter(|_| !wanted.is_empty()) else {
                tokio::select! {
                    changed = standing.changed() => if changed.is_err() { return },
                    () = self.news.notified() => {}
                }
                continue;
            };
            let texts: Vec<&str> = wanted.iter().map(|(_, text)| text.as_str()).collect();
            if let Some(vectors) = outside.vectors(&texts, &scale).await {
                let mut kept = self.kept();
                for ((number, text), vector) in wanted.iter().zip(vectors) {
                    kept.learn(*number, text, vector.as_deref(), &scale);
                }
            }
        }
    }

    /// The endpoint that helps, if there is one.
    pub fn outside(&self) -> Option<&Arc<Outside>> {
        self.outside.as_ref()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What knows which words mean the same.
    pub fn engine(&self) -> Arc<Engine> {
        Arc::clone(&self.engine)
    }

    /// How it knows.
    pub fn method(&self) -> Method {
        if self.outside.as_ref().is_some_and(|outside| outside.is_there()) {
            return Method::Endpoint;
        }
        match self.engine.method() {
            similarity::Method::Table => Method::Table,
            similarity::Method::Letters => Method::Letters,
        }
    }

    /// A session that may hold answers.
    pub fn register(&self, read: impl Fn() -> Option<(String, Vec<Sketch>)> + Send + 'static) {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(read));
    }

    /// Whether they were asked for once, and so follow what changes.
    pub fn follow(&self) -> bool {
        self.read.load(Ordering::Acquire)
    }

    /// Questions of a session changed.
    pub fn changed(&self, session: &str, sketches: &[Sketch]) {
        if self.follow() {
            let mut kept = self.kept();
            for sketch in sketches {
                kept.put(session, sketch);
            }
            self.news.notify_one();
        }
    }

    /// The answered question of another session that is nearest to these words, with their vector from outside if there
    /// is one.
    pub fn nearest(&self, session: &str, text: &str, vector: Option<&[f32]>) -> Option<Near> {
        self.read_all();
        let kept = self.kept();
        let other = |number| kept.answered.get(&number).is_some_and(|answered| answered.session != session);
        let found = kept.neighbours.nearest_with(text, vector, 1, other).into_iter().next()?;
        if percent(found.score) < ANSWERED {
            return None;
        }
        let Answered { session, question, text, answer } = kept.answered.get(&found.key)?.clone();
        let answer =
            if answer.chars().count() > SHOWN { answer.chars().take(SHOWN).chain(['…']).collect() } else { answer };
        let elsewhere = Some(NearElsewhere { hashtag: session, text, answer });
        Some(Near { question, score: percent(found.score), elsewhere })
    }

    /// Reads every session once, at the first question about them.
    fn read_all(&self) {
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        if sessions.is_empty() {
            return;
        }
        // From here on changes are taken in as they come; one that is read twice is the same twice.
        self.read.store(true, Ordering::Release);
        for (session, sketches) in std::mem::take(&mut *sessions).into_iter().filter_map(|read| read()) {
            let mut kept = self.kept();
            for sketch in &sketches {
                kept.put(&session, sketch);
            }
        }
        self.news.notify_one();
    }
}

impl Kept {
    fn put(&mut self, session: &str, sketch: &Sketch) {
        let name = (session.to_owned(), sketch.id);
        let answer = sketch.answer.clone().filter(|_| sketch.status == Status::Answered);
        match (self.numbers.get(&name).copied(), answer) {
            (None, None) => {}
            (Some(number), None) => {
                self.numbers.remove(&name);
                self.answered.remove(&number);
                self.missing.remove(&number);
                self.neighbours.remove(number);
            }
            (known, Some(answer)) => {
                let number = known.unwrap_or(self.next);
                self.next = self.next.max(number + 1);
                let text = sketch.text.clone();
                // What is said about it changes more often than its words.
                if self.answered.get(&number).is_none_or(|known| known.text != text) {
                    self.neighbours.add(number, &text);
                    self.missing.insert(number);
                }
                self.numbers.insert(name, number);
                let (session, question) = (session.to_owned(), sketch.id);
                self.answered.insert(number, Answered { session, question, text, answer });
            }
        }
    }
}

impl Kept {
    /// Some that have no vector yet by this scale, with their words.
    fn wanted(&mut self, scale: &Arc<Scale>) -> Vec<(u64, String)> {
        if self.scale.as_ref().is_none_or(|known| !Arc::ptr_eq(known, scale)) {
            self.scale = Some(Arc::clone(scale));
            self.neighbours.measure(Some(Arc::clone(scale)));
            self.missing = self.answered.keys().copied().collect();
        }
        let wanted = self.missing.iter().filter_map(|number| Some((*number, self.answered.get(number)?.text.clone())));
        wanted.take(TEXTS).collect()
    }

    /// A vector came; none when there will be none.
    fn learn(&mut self, number: u64, text: &str, vector: Option<&[f32]>, scale: &Arc<Scale>) {
        let same_scale = self.scale.as_ref().is_some_and(|known| Arc::ptr_eq(known, scale));
        let same_words = self.answered.get(&number).is_some_and(|answered| answered.text == text);
        if same_scale && same_words && self.missing.remove(&number) && vector.is_some() {
            self.neighbours.add_with(number, text, vector);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(text: &str, answer: Option<&str>) -> Sketch {
        let status = if answer.is_some() { Status::Answered } else { Status::Shown };
        Sketch { id: QuestionId(1), text: text.into(), status, lead: None, answer: answer.map(str::to_owned) }
    }

    fn answers(sessions: Vec<(&'static str, Sketch)>) -> Answers {
        let answers = Answers::new(Arc::new(Engine::letters_alone()), None);
        for (name, sketch) in sessions {
            answers.register(move || Some((name.to_owned(), vec![sketch.clone()])));
        }
        answers
    }

    #[test]
    fn an_answer_of_an_earlier_session_is_found_and_one_s_own_is_not() {
        let text = "Wanneer komt de snelfietsroute naar Delft?";
        let answers = answers(vec![
            ("fietsfan009", sketch(text, Some("In 2027."))),
            ("bomen010", sketch("Wie snoeit de bomen?", Some("Wij."))),
        ]);
        let near = answers.nearest("fietsfan010", "wanneer komt de snelfietsroute naar delft", None).expect("near");
        let elsewhere = near.elsewhere.expect("elsewhere");
        assert_eq!((elsewhere.hashtag.as_str(), elsewhere.answer.as_str()), ("fietsfan009", "In 2027."));
        assert_eq!(answers.nearest("fietsfan009", text, None), None);
    }

    #[test]
    fn what_changes_is_followed_and_a_long_answer_is_cut() {
        let text = "Wanneer komt de snelfietsroute naar Delft?";
        let answers = answers(vec![("fietsfan009", sketch(text, None))]);
        assert_eq!(answers.nearest("x", text, None), None);
        answers.changed("fietsfan009", &[sketch(text, Some(&"ja ".repeat(200)))]);
        let near = answers.nearest("x", text, None).and_then(|near| near.elsewhere).expect("near");
        assert_eq!(near.answer.chars().count(), SHOWN + 1);
    }
}
