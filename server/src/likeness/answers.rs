//! What was answered before, in any session of this house, for moderators who meet it again.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use shared::{
    Method, QuestionId, Status,
    views::{Near, NearElsewhere},
};
use similarity::{Engine, Neighbours};

use super::{
    Sketch,
    known::{ANSWERED, percent},
};

/// The longest part of an answer that is shown with it, in characters.
const SHOWN: usize = 280;

/// The answered questions of every session.
pub struct Answers {
    engine: Arc<Engine>,
    sessions: Mutex<Vec<Source>>,
    read: AtomicBool,
    kept: Mutex<Kept>,
}

/// A session, to be read when its answers are first asked for.
type Source = Box<dyn Fn() -> Option<(String, Vec<Sketch>)> + Send>;

struct Kept {
    neighbours: Neighbours<u64>,
    numbers: BTreeMap<(String, QuestionId), u64>,
    answered: BTreeMap<u64, Answered>,
    next: u64,
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
    pub fn new(engine: Arc<Engine>) -> Self {
        let kept = Kept {
            neighbours: Neighbours::new(Arc::clone(&engine)),
            numbers: BTreeMap::new(),
            answered: BTreeMap::new(),
            next: 0,
        };
        Self { engine, sessions: Mutex::default(), read: AtomicBool::new(false), kept: Mutex::new(kept) }
    }

    /// What knows which words mean the same.
    pub fn engine(&self) -> Arc<Engine> {
        Arc::clone(&self.engine)
    }

    /// How it knows.
    pub fn method(&self) -> Method {
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
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            for sketch in sketches {
                kept.put(session, sketch);
            }
        }
    }

    /// The answered question of another session that is nearest to these words.
    pub fn nearest(&self, session: &str, text: &str) -> Option<Near> {
        self.read_all();
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let other = |number| kept.answered.get(&number).is_some_and(|answered| answered.session != session);
        let found = kept.neighbours.nearest(text, 1, other).into_iter().next()?;
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
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            for sketch in &sketches {
                kept.put(&session, sketch);
            }
        }
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
                self.neighbours.remove(number);
            }
            (known, Some(answer)) => {
                let number = known.unwrap_or(self.next);
                self.next = self.next.max(number + 1);
                let text = sketch.text.clone();
                self.neighbours.add(number, &text);
                self.numbers.insert(name, number);
                let (session, question) = (session.to_owned(), sketch.id);
                self.answered.insert(number, Answered { session, question, text, answer });
            }
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
        let answers = Answers::new(Arc::new(Engine::letters_alone()));
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
        let near = answers.nearest("fietsfan010", "wanneer komt de snelfietsroute naar delft").expect("near");
        let elsewhere = near.elsewhere.expect("elsewhere");
        assert_eq!((elsewhere.hashtag.as_str(), elsewhere.answer.as_str()), ("fietsfan009", "In 2027."));
        assert_eq!(answers.nearest("fietsfan009", text), None);
    }

    #[test]
    fn what_changes_is_followed_and_a_long_answer_is_cut() {
        let text = "Wanneer komt de snelfietsroute naar Delft?";
        let answers = answers(vec![("fietsfan009", sketch(text, None))]);
        assert_eq!(answers.nearest("x", text), None);
        answers.changed("fietsfan009", &[sketch(text, Some(&"ja ".repeat(200)))]);
        let near = answers.nearest("x", text).and_then(|near| near.elsewhere).expect("near");
        assert_eq!(near.answer.chars().count(), SHOWN + 1);
    }
}
