//! Questions that mean the same: one lead, its wordings, and each person once.

use conversation::Event;
use shared::{Refusal, Status};

use crate::scene::*;

#[test]
fn one_voter_counts_once_in_a_bundle() {
    given(public([Q1, Q2]).chain([supported(Q1, VERA), supported(Q2, VERA), supported(Q2, WIM)]))
        .when(bundle(Q2, Q1))
        .then([bundled(Q2, Q1)])
        .and(|state| {
            assert_eq!((state.support_of(Q1), state.support_of(Q2)), (2, 2));
            assert_eq!((state.shown(Q1).support, state.shown(Q2).support), (2, 2));
            assert_eq!((state.shown(Q1).wordings, state.shown(Q2).lead), (vec![Q2], Some(Q1)));
            assert_eq!(state.mine(VERA).supports, [Q1]);
            assert_eq!(state.public().session.counts.bundled, 1);
        })
        .when(unbundle(Q2))
        .then([unbundled(Q2)])
        .and(|state| {
            assert_eq!((state.support_of(Q1), state.support_of(Q2)), (1, 2), "each has its own again");
            assert_eq!(state.mine(VERA).supports, [Q1, Q2]);
        });
}

#[test]
fn who_stands_anywhere_in_a_bundle_stands_in_all_of_it() {
    given(public([Q1, Q2]).chain([supported(Q1, VERA), bundled(Q2, Q1)]))
        .when(support(Q2, VERA))
        .then_nothing()
        .when(support(Q2, WIM))
        .then([supported(Q2, WIM)])
        .and(|state| assert_eq!((state.support_of(Q1), state.shown(Q1).support), (2, 2)))
        .when(unbundle(Q2))
        .then_done()
        .and(|state| assert_eq!((state.support_of(Q1), state.support_of(Q2)), (1, 1)));
}

#[test]
fn taking_support_back_counts_for_the_whole_bundle() {
    given(public([Q1, Q2, Q3]).chain([supported(Q1, VERA), supported(Q2, VERA), bundled(Q2, Q1), bundled(Q3, Q1)]))
        .when(unsupport(Q3, VERA))
        .then([unsupported(Q3, VERA)])
        .and(|state| assert_eq!((state.support_of(Q1), state.mine(VERA).supports), (0, vec![])))
        .when(unbundle(Q2))
        .then_done()
        .and(|state| assert_eq!((state.support_of(Q1), state.support_of(Q2)), (0, 0)));
}

#[test]
fn bundling_shows_a_waiting_question_and_takes_it_from_the_queue() {
    given(public([Q1]).chain([asked(Q2)])).when(bundle(Q2, Q1)).then_done().and(|state| {
        assert_eq!((state.status(Q2), state.shown(Q2).lead), (Status::Shown, Some(Q1)));
    });
    given(public([Q1, Q2]).chain([queued([Q2, Q1])]))
        .when(bundle(Q2, Q1))
        .then_done()
        .and(|state| assert_eq!(state.queue(), [Q1]));
}

#[test]
fn under_what_is_bundled_means_under_its_lead() {
    given(public([Q1, Q2, Q3]).chain([bundled(Q2, Q1)])).when(bundle(Q3, Q2)).then([bundled(Q3, Q1)]);
}

#[test]
fn wordings_move_along_with_their_lead() {
    given(public([Q1, Q2, Q3, Q4]).chain([bundled(Q3, Q2), bundled(Q4, Q1)])).when(bundle(Q2, Q1)).then_done().and(
        |state| {
            assert_eq!(state.shown(Q1).wordings, [Q4, Q2, Q3]);
            assert_eq!((state.shown(Q2).wordings, state.shown(Q3).lead), (vec![], Some(Q1)));
            assert_eq!(state.public().session.counts.bundled, 3);
        },
    );
}

#[test]
fn a_wording_moves_to_another_bundle() {
    given(public([Q1, Q2, Q3]).chain([bundled(Q3, Q1)]))
        .when(bundle(Q3, Q1))
        .then_nothing()
        .when(bundle(Q3, Q2))
        .then_done()
        .and(|state| assert_eq!((state.shown(Q1).wordings, state.shown(Q2).wordings), (vec![], vec![Q3])));
}

#[test]
fn nothing_is_bundled_under_itself() {
    given(public([Q1])).when(bundle(Q1, Q1)).refused(Refusal::NoBundle);
    given(public([Q1, Q2]).chain([bundled(Q2, Q1)])).when(bundle(Q1, Q2)).refused(Refusal::NoBundle);
    given(public([Q1])).when(unbundle(Q1)).refused(Refusal::NoBundle);
    given(public([Q1, Q2]).chain([bundled(Q2, Q1)])).when(unbundle(Q1)).refused(Refusal::NoBundle);
}

#[test]
fn only_what_is_or_becomes_public_is_bundled() {
    given(public([Q1]).chain([asked(Q2)])).when(bundle(Q1, Q2)).refused_as(Status::Waiting);
    given(public([Q1, Q2]).chain([declined(Q2)])).when(bundle(Q1, Q2)).refused_as(Status::Declined);
    given(public([Q1, Q2]).chain([declined(Q2)])).when(bundle(Q2, Q1)).refused_as(Status::Declined);
    given(public([Q1, Q2]).chain([staged(Q2)])).when(bundle(Q2, Q1)).refused_as(Status::OnStage);
    given(public([Q1, Q2]).chain([answered(Q2)])).when(bundle(Q2, Q1)).refused_as(Status::Answered);
    given(public([Q1])).when(bundle(Q1, NOWHERE)).refused(Refusal::NotFound);
    given(public([Q1])).when(bundle(NOWHERE, Q1)).refused(Refusal::NotFound);
}

#[test]
fn a_late_wording_joins_what_is_on_stage_or_answered() {
    given(public([Q1, Q2]).chain([staged(Q1)])).when(bundle(Q2, Q1)).then_done();
    given(public([Q1, Q2]).chain([answered(Q1)])).when(bundle(Q2, Q1)).then_done().and(|state| {
        assert_eq!(state.public().session.counts.answered, 2);
        assert_eq!(state.mine(asker(Q2)).questions[0].status, Status::Answered);
        assert_eq!(state.shown(Q2).status, Status::Shown, "its own");
    });
}

#[test]
fn what_leaves_a_bundle_is_shown_and_not_queued() {
    given(public([Q1, Q2]).chain([queued([Q2, Q1]), bundled(Q2, Q1)])).when(unbundle(Q2)).then_done().and(|state| {
        assert_eq!((state.status(Q2), state.queue()), (Status::Shown, &[Q1][..]));
    });
}

#[test]
fn the_first_wording_takes_the_place_of_a_lead_that_goes() {
    let bundle =
        || public([Q1, Q2, Q3, Q4]).chain([bundled(Q2, Q1), bundled(Q3, Q1), supported(Q1, VERA), supported(Q3, WIM)]);
    let led = |state: &conversation::Conversation| {
        assert_eq!((state.shown(Q2).lead, state.shown(Q2).wordings, state.shown(Q3).lead), (None, vec![Q3], Some(Q2)));
        assert_eq!(state.support_of(Q2), 1, "who stood only behind the first is not counted");
    };
    for go in [decline(Q1), withdraw(Q1, asker(Q1))] {
        given(bundle().chain([queued([Q4, Q1])])).when(go.clone()).then_done().and(led).and(|state| {
            assert_eq!(state.queue(), [Q4, Q2]);
            assert_eq!((state.card(Q1).card.wordings, state.card(Q1).card.lead), (vec![], None));
        });
        given(bundle().chain([staged(Q1), drafted(Q1, "Ik denk")])).when(go).then_done().and(led).and(|state| {
            assert_eq!(state.status(Q2), Status::OnStage);
            assert_eq!(state.panel().session.draft.map(|draft| draft.question), Some(Q2));
        });
    }
    given(bundle().chain([answered(Q1)])).when(decline(Q1)).then_done().and(led).and(|state| {
        assert_eq!(
            (state.status(Q2), state.shown(Q2).answer.map(|answer| answer.text)),
            (Status::Answered, Some("Ja.".into()))
        );
        assert_eq!(state.public().session.counts.answered, 2);
    });
}

#[test]
fn a_wording_that_goes_leaves_its_bundle() {
    for go in [decline(Q2), withdraw(Q2, asker(Q2))] {
        given(public([Q1, Q2]).chain([bundled(Q2, Q1), supported(Q2, VERA)])).when(go).then_done().and(|state| {
            assert_eq!((state.shown(Q1).wordings, state.support_of(Q1)), (vec![], 0));
        });
    }
    given(public([Q1, Q2]).chain([bundled(Q2, Q1), declined(Q2)])).when(restore(Q2)).then_done().and(|state| {
        assert_eq!(state.shown(Q2).lead, None, "it comes back by itself");
    });
}

#[test]
fn events_about_what_is_not_there_change_nothing() {
    let events: [Event; 6] = [
        shown(NOWHERE),
        bundled(NOWHERE, Q1),
        bundled(Q1, NOWHERE),
        unbundled(Q1),
        supported(NOWHERE, VERA),
        staged(NOWHERE),
    ];
    let mut scene = given(public([Q1]));
    let before = scene.state.clone();
    for event in events {
        assert_eq!(scene.happen(&event).public, None, "{event:?}");
        assert_eq!(scene.state.moderator(), before.moderator(), "{event:?}");
    }
}
