//! One session through several power cuts: its people, its screens, and what they were told.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use shared::{QuestionId, Status, views::PublicView};
use tokio::{task::JoinSet, time::timeout};

use super::load;
use crate::harness::{Caller, Citizen, Hall, Moderator, PublicScreen, Screen, Seeds, session};

/// Who ask and support by API, and who support from their live page.
const BY_API: usize = 5;
const BY_SOCKET: usize = 2;

/// What people were told was done.
#[derive(Default)]
pub struct Record {
    /// Questions, by those who asked.
    pub asked: BTreeMap<QuestionId, String>,
    /// Steps of the moderator.
    pub approved: BTreeSet<QuestionId>,
    /// Support.
    pub supported: BTreeSet<(usize, QuestionId)>,
    /// Support that was sent, answered or not.
    pub tried: BTreeSet<(usize, QuestionId)>,
}

impl Record {
    fn confirmed(&self) -> usize {
        self.asked.len() + self.approved.len() + self.supported.len()
    }
}

/// A session and its people.
pub struct Chapter {
    stranger: Caller,
    path: String,
    hashtag: String,
    moderator: Moderator,
    citizens: Vec<Citizen>,
    /// The live pages of the last citizens, and whose each is.
    pages: Vec<(usize, PublicScreen)>,
    wall: Vec<PublicScreen>,
    record: Arc<Mutex<Record>>,
}

/// People at work, until the power goes.
pub struct Load {
    commands: JoinSet<()>,
    pages: JoinSet<(usize, PublicScreen)>,
    wall: JoinSet<PublicScreen>,
}

impl Chapter {
    /// A new session, and people who come to it.
    pub async fn opens(hall: &Hall, number: usize) -> Self {
        let made = hall.organiser.makes(session(&format!("Hoofdstuk{number}"))).await;
        let moderator = Moderator::with_key(&hall.stranger, &made.hashtag, &made.keys.moderator);
        let mut citizens = Vec::new();
        for _ in 0..BY_API + BY_SOCKET {
            citizens.push(Citizen::arrives(&hall.stranger, &made.hashtag).await);
        }
        let mut pages = Vec::new();
        for (who, citizen) in citizens.iter().enumerate().skip(BY_API) {
            pages.push((who, citizen.screen().await));
        }
        let wall = vec![Screen::opens(citizens[0].live()).await];
        Self {
            stranger: hall.stranger.clone(),
            path: format!("/sessions/{}", made.hashtag),
            hashtag: made.hashtag,
            moderator,
            citizens,
            pages,
            wall,
            record: Arc::default(),
        }
    }

    /// Everybody goes to work.
    pub fn begins(&mut self, round: usize, seeds: &mut Seeds) -> Load {
        let (mut commands, mut pages, mut wall) = (JoinSet::new(), JoinSet::new(), JoinSet::new());
        let mut chance = || Seeds::new(seeds.below(1 << 30) as u64);
        for (who, citizen) in self.citizens[..BY_API].iter().cloned().enumerate() {
            let record = Arc::clone(&self.record);
            commands.spawn(load::asks_and_supports(citizen, self.path.clone(), who, round, record, chance()));
        }
        commands.spawn(load::approves(self.moderator.clone(), self.path.clone(), Arc::clone(&self.record)));
        for (who, page) in self.pages.drain(..) {
            let working = load::supports_by_socket(page, who, Arc::clone(&self.record), chance());
            pages.spawn(async move { (who, working.await) });
        }
        for mut screen in self.wall.drain(..) {
            wall.spawn(async move {
                screen.ends().await;
                screen
            });
        }
        Load { commands, pages, wall }
    }

    /// Waits until this many more commands were confirmed.
    pub async fn has_done(&self, more: usize) {
        let enough = self.confirmed() + more;
        let working = async {
            while self.confirmed() < enough {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        timeout(Duration::from_secs(30), working).await.expect("a server under load");
    }

    /// The power went: everybody stops, and keeps what their screen shows.
    pub async fn takes_back(&mut self, load: Load) {
        load.commands.join_all().await;
        self.pages = load.pages.join_all().await;
        self.wall = load.wall.join_all().await;
    }

    /// How many commands were confirmed.
    pub fn confirmed(&self) -> usize {
        self.told().confirmed()
    }

    /// Whatever anybody was told or shown is there.
    pub async fn check(&self) {
        let (public, desk) = (self.view().await, self.moderator.view().await);
        {
            let told = self.told();
            let lost: Vec<_> = told
                .asked
                .iter()
                .filter(|(id, text)| desk.card(**id).is_none_or(|card| card.card.text != **text))
                .collect();
            assert!(lost.is_empty(), "confirmed questions that are not there: {lost:?}");
            let is_shown = |id| public.card(id).is_some_and(|card| card.status == Status::Shown);
            let lost: Vec<_> = told.approved.iter().filter(|id| !is_shown(**id)).collect();
            assert!(lost.is_empty(), "confirmed steps that are not there: {lost:?}");
            for card in public.questions.values() {
                let counted = |set: &BTreeSet<(usize, QuestionId)>| set.iter().filter(|(_, id)| *id == card.id).count();
                let support = usize::try_from(card.support).expect("a small number");
                assert!(support >= counted(&told.supported), "confirmed support is counted: {card:?}");
                assert!(support <= counted(&told.tried), "nobody is counted twice: {card:?}");
            }
        }
        for screen in self.wall.iter().chain(self.pages.iter().map(|(_, page)| page)) {
            assert!(public.seq >= screen.view().seq, "the screens' count goes on");
            for shown in screen.view().questions.values() {
                let kept = public.card(shown.id).expect("what was shown was kept");
                assert_eq!(kept.text, shown.text);
                assert!(kept.support >= shown.support, "support that was shown was kept: {kept:?}, {shown:?}");
            }
        }
        for (who, citizen) in self.citizens.iter().enumerate() {
            let mine = citizen.mine().await.supports;
            let told = self.told();
            let lost: Vec<_> = told.supported.iter().filter(|(by, id)| *by == who && !mine.contains(id)).collect();
            assert!(lost.is_empty(), "support that its giver no longer sees: {lost:?}");
        }
    }

    /// The screens find the server again.
    pub async fn comes_back(&mut self) {
        for screen in self.wall.iter_mut().chain(self.pages.iter_mut().map(|(_, page)| page)) {
            screen.raw.clear();
            screen.comes_back().await;
        }
    }

    /// Checks everything once more, also that the screens show it.
    pub async fn ends(&mut self) {
        self.check().await;
        let public = self.view().await;
        // Whoever moved on to another session has closed this one's screens.
        for mut screen in self.wall.drain(..).chain(self.pages.drain(..).map(|(_, page)| page)) {
            screen.until("all of it", |screen| screen.view().seq == public.seq).await;
            assert_eq!(screen.view(), &public, "#{}", self.hashtag);
        }
    }

    async fn view(&self) -> PublicView {
        self.stranger.get(&self.path).await.is(200).read()
    }

    fn told(&self) -> MutexGuard<'_, Record> {
        self.record.lock().expect("the record")
    }
}
