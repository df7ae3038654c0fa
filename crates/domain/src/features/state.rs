//! The states of a feature and the passages between them: one table, from which a state is recomputed by `verify`.
//!
//! Every state of the whole way is here. A passage that exists and whose stage isn't built yet is refused with
//! [`MoveRefusal::NotYetHere`].

use thiserror::Error;

use crate::{posting::named, rules::Track};

named! {
    /// Where a feature stands.
    State {
        /// Idée.
        Idea = "idea",
        /// Besoins réunis.
        Gathering = "gathering",
        /// Cadrage.
        Scoping = "scoping",
        /// Avis upstream.
        UpstreamAsked = "upstream_asked",
        /// Chiffrage.
        Costing = "costing",
        /// Choix.
        Choosing = "choosing",
        /// Financement.
        Funding = "funding",
        /// Appel à candidatures.
        Calling = "calling",
        /// Choix de la proposition.
        Selecting = "selecting",
        /// Contrat.
        Contracting = "contracting",
        /// Réalisation.
        Building = "building",
        /// Revue upstream.
        UpstreamReview = "upstream_review",
        /// Vérification.
        Accepting = "accepting",
        /// Garantie.
        Warranty = "warranty",
        /// Livrée.
        Delivered = "delivered",
        /// Fusionnée with another.
        MergedInto = "merged_into",
        /// En sommeil; may wake up.
        Parked = "parked",
        /// Refusée par l'équipe du logiciel.
        RefusedUpstream = "refused_upstream",
        /// Pas retenue cette fois.
        NotChosen = "not_chosen",
        /// Somme non réunie.
        NotFunded = "not_funded",
        /// Sans candidat·e.
        NoBidder = "no_bidder",
        /// Déjà fait ailleurs.
        Overtaken = "overtaken",
        /// Abandonnée.
        Abandoned = "abandoned",
        /// Livrée en partie.
        ClosedPartial = "closed_partial",
        /// Arrêtée.
        ClosedFailed = "closed_failed",
        /// Choix d'un fork.
        ForkDecision = "fork_decision",
    }
}

named! {
    /// How somebody ends a feature by hand.
    Ending {
        /// Nobody carries it any more.
        Abandoned = "abandoned",
        /// It was done elsewhere.
        Overtaken = "overtaken",
    }
}

impl Ending {
    /// The state that it leads to.
    #[must_use]
    pub const fn state(self) -> State {
        match self {
            Self::Abandoned => State::Abandoned,
            Self::Overtaken => State::Overtaken,
        }
    }
}

use State as S;

impl Track {
    /// The stages of the way, in order.
    #[must_use]
    pub const fn stages(self) -> &'static [State] {
        match self {
            Self::Trust => &[S::Idea, S::Funding, S::Building, S::Delivered],
            Self::Light => &[
                S::Idea,
                S::Gathering,
                S::Costing,
                S::Funding,
                S::Contracting,
                S::Building,
                S::Accepting,
                S::Delivered,
            ],
            Self::Full | Self::Heavy => &[
                S::Idea,
                S::Gathering,
                S::Scoping,
                S::UpstreamAsked,
                S::Costing,
                S::Choosing,
                S::Funding,
                S::Calling,
                S::Selecting,
                S::Contracting,
                S::Building,
                S::UpstreamReview,
                S::Accepting,
                S::Warranty,
                S::Delivered,
            ],
        }
    }

    /// The stage that follows on this track; `None` at the end and beside the way.
    #[must_use]
    pub fn next(self, state: State) -> Option<State> {
        let stages = self.stages();
        stages.iter().position(|stage| *stage == state).and_then(|at| stages.get(at + 1)).copied()
    }

    /// Whether this version takes features of this track from an idea to past the trigger.
    #[must_use]
    pub fn is_built(self) -> bool {
        let stages = self.stages();
        let funded =
            stages.iter().position(|stage| *stage == State::Funding).map_or(stages.len(), |at| at + 2);
        stages.windows(2).take(funded.saturating_sub(1)).all(|pair| match pair {
            [from, to] => passage(self, *from, *to).is_ok(),
            _ => true,
        })
    }

    /// Whether this version takes features of this track to their delivery: otherwise what was gathered stays bound after
    /// the trigger, until a later version or a cancellation.
    #[must_use]
    pub fn is_complete(self) -> bool {
        self.stages().windows(2).all(|pair| match pair {
            [from, to] => passage(self, *from, *to).is_ok(),
            _ => true,
        })
    }

    /// The stage in which a feature stands once it is triggered.
    #[must_use]
    pub fn after_trigger(self) -> State {
        self.next(State::Funding).unwrap_or(State::Building)
    }
}

/// Passages beside the way: from any of these states to that one, on every track that has the stage.
const BESIDE: &[(&[State], State)] = &[
    (&[S::Idea, S::Gathering, S::Scoping, S::UpstreamAsked, S::Costing], S::Parked),
    (&[S::Parked], S::Idea),
    (
        &[S::Idea, S::Gathering, S::Scoping, S::UpstreamAsked, S::Costing, S::Choosing, S::Parked],
        S::MergedInto,
    ),
    (&[S::UpstreamAsked], S::RefusedUpstream),
    (&[S::Costing], S::Scoping),
    (&[S::Choosing], S::NotChosen),
    (&[S::Funding], S::NotFunded),
    (&[S::Calling, S::Selecting], S::NoBidder),
    (&[S::Calling], S::Contracting),
    (&[S::Contracting], S::Selecting),
    (&[S::Building, S::UpstreamReview, S::Accepting, S::Warranty], S::ClosedPartial),
    (&[S::Building, S::UpstreamReview, S::Accepting, S::Warranty, S::ForkDecision], S::ClosedFailed),
    (&[S::UpstreamReview], S::ForkDecision),
    (&[S::ForkDecision], S::Building),
    (BEFORE_BUILT, S::Overtaken),
    (BEFORE_BUILT, S::Abandoned),
    (&[S::UpstreamReview, S::Accepting, S::ForkDecision], S::Abandoned),
];

const BEFORE_BUILT: &[State] = &[
    S::Idea,
    S::Gathering,
    S::Scoping,
    S::UpstreamAsked,
    S::Costing,
    S::Choosing,
    S::Funding,
    S::Calling,
    S::Selecting,
    S::Contracting,
    S::Building,
    S::Parked,
];

/// What exists so far: the passages that this version of Popote takes.
const BUILT: &[(State, State)] = &[
    (S::Idea, S::Gathering),
    (S::Gathering, S::Costing),
    (S::Costing, S::Funding),
    (S::Idea, S::Funding),
    (S::Funding, S::Building),
    (S::Funding, S::Contracting),
    (S::Funding, S::NotFunded),
    (S::Idea, S::Parked),
    (S::Gathering, S::Parked),
    (S::Costing, S::Parked),
    (S::Parked, S::Idea),
    (S::Building, S::Delivered),
    (S::Building, S::ClosedPartial),
    (S::Building, S::ClosedFailed),
];

impl State {
    /// Whether nothing follows: what lies on the feature has returned or was spent.
    #[must_use]
    pub const fn is_end(self) -> bool {
        matches!(
            self,
            Self::Delivered
                | Self::MergedInto
                | Self::RefusedUpstream
                | Self::NotChosen
                | Self::NotFunded
                | Self::NoBidder
                | Self::Overtaken
                | Self::Abandoned
                | Self::ClosedPartial
                | Self::ClosedFailed
        )
    }

    /// Whether no money can lie on it yet: its price may still change freely.
    #[must_use]
    pub const fn is_before_funding(self) -> bool {
        matches!(
            self,
            Self::Idea
                | Self::Gathering
                | Self::Scoping
                | Self::UpstreamAsked
                | Self::Costing
                | Self::Choosing
                | Self::Parked
        )
    }

    /// Whether it was triggered and hasn't ended: its money is reserved.
    #[must_use]
    pub const fn is_triggered(self) -> bool {
        !self.is_end() && !self.is_before_funding() && !matches!(self, Self::Funding)
    }
}

/// Why a feature doesn't go from one state to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MoveRefusal {
    /// The way doesn't lead there.
    #[error("no passage from {from:?} to {to:?}")]
    NoPassage {
        /// Where it stands.
        from: State,
        /// Where it was to go.
        to: State,
    },
    /// That stage isn't built yet.
    #[error("{to:?} is not yet here")]
    NotYetHere {
        /// Where it was to go.
        to: State,
    },
}

/// A passage: the event that moves a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Where it stood; `None` for a feature that is proposed.
    pub from: Option<State>,
    /// Where it stands now.
    pub to: State,
}

/// The name of the event that moves a feature.
pub const MOVED: &str = "feature_moved";

impl Moved {
    /// What the event keeps: the track that held, from where, to where. Words and figures may stand beside.
    #[must_use]
    pub fn to_data(&self, track: Track) -> serde_json::Value {
        let from = self.from.map(State::as_str);
        serde_json::json!({ "track": track.as_str(), "from": from, "to": self.to.as_str() })
    }

    /// The move that an event keeps, with the track that held; `None` for an event of another form.
    #[must_use]
    pub fn from_data(data: &serde_json::Value) -> Option<(Track, Self)> {
        let track = Track::parse(data.get("track")?.as_str()?)?;
        let to = State::parse(data.get("to")?.as_str()?)?;
        let from = match data.get("from") {
            None | Some(serde_json::Value::Null) => None,
            Some(from) => Some(State::parse(from.as_str()?)?),
        };
        Some((track, Self { from, to }))
    }
}

/// Whether the table leads from one state to the other on that track. Errors: [`MoveRefusal`].
pub fn passage(track: Track, from: State, to: State) -> Result<(), MoveRefusal> {
    let beside = BESIDE.iter().any(|(states, end)| *end == to && states.contains(&from));
    if !beside && track.next(from) != Some(to) {
        return Err(MoveRefusal::NoPassage { from, to });
    }
    let ends_by_hand = matches!(to, S::Abandoned | S::Overtaken);
    let built = BUILT.contains(&(from, to)) || ends_by_hand && (from.is_before_funding() || has_money(from));
    if built { Ok(()) } else { Err(MoveRefusal::NotYetHere { to }) }
}

/// The stages up to which this version takes features: cancelling one returns all of its money.
const fn has_money(state: State) -> bool {
    matches!(state, S::Funding | S::Contracting | S::Building)
}

/// The state after an event; `state` is `None` before the first. Errors: [`MoveRefusal`], also for an event
/// that doesn't start from where the feature stands.
pub fn apply(track: Track, state: Option<State>, event: Moved) -> Result<State, MoveRefusal> {
    match (state, event.from) {
        (None, None) if event.to == State::Idea => Ok(State::Idea),
        (Some(state), Some(from)) if state == from => passage(track, from, event.to).map(|()| event.to),
        (state, _) => Err(MoveRefusal::NoPassage { from: state.unwrap_or(State::Idea), to: event.to }),
    }
}

/// The state that follows from all events of a feature, each with the track that held then. `Ok(None)` without
/// any. Errors: the first event that the table doesn't allow.
pub fn recompute(events: impl IntoIterator<Item = (Track, Moved)>) -> Result<Option<State>, MoveRefusal> {
    events.into_iter().try_fold(None, |state, (track, event)| apply(track, state, event).map(Some))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tracks_that_lead_past_the_trigger_are_offered() {
        let built: Vec<bool> =
            [Track::Trust, Track::Light, Track::Full, Track::Heavy].map(Track::is_built).to_vec();
        assert_eq!(built, [true, true, false, false]);
        let complete: Vec<bool> =
            [Track::Trust, Track::Light, Track::Full, Track::Heavy].map(Track::is_complete).to_vec();
        assert_eq!(complete, [true, false, false, false]);
    }

    #[test]
    fn every_stage_leads_to_the_next_and_has_a_name() {
        for track in Track::ALL {
            let stages = track.stages();
            assert_eq!((stages.first(), stages.last()), (Some(&S::Idea), Some(&S::Delivered)));
            for pair in stages.windows(2) {
                let result = passage(*track, pair[0], pair[1]);
                assert!(!matches!(result, Err(MoveRefusal::NoPassage { .. })), "{track:?} {pair:?}");
            }
        }
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(*state));
        }
    }

    #[test]
    fn nothing_leaves_an_end() {
        for from in State::ALL.iter().filter(|state| state.is_end()) {
            for to in State::ALL {
                for track in Track::ALL {
                    assert_eq!(
                        passage(*track, *from, *to),
                        Err(MoveRefusal::NoPassage { from: *from, to: *to })
                    );
                }
            }
        }
    }

    #[test]
    fn every_state_that_is_no_end_leads_somewhere_on_each_track_that_has_it() {
        for track in Track::ALL {
            for from in track.stages().iter().filter(|state| !state.is_end()) {
                let leads = State::ALL
                    .iter()
                    .any(|to| !matches!(passage(*track, *from, *to), Err(MoveRefusal::NoPassage { .. })));
                assert!(leads, "{track:?} {from:?}");
            }
        }
    }

    #[test]
    fn trust_goes_to_its_end_light_up_to_the_trigger_and_says_not_yet_after() {
        for (track, stages) in [
            (Track::Trust, vec![S::Idea, S::Funding, S::Building, S::Delivered]),
            (Track::Light, vec![S::Idea, S::Gathering, S::Costing, S::Funding, S::Contracting]),
        ] {
            let mut from = None;
            let events = stages.iter().map(|to| {
                let event = Moved { from, to: *to };
                from = Some(*to);
                (track, event)
            });
            let state = recompute(events).unwrap();
            assert_eq!(state, stages.last().copied());
            assert!(stages.contains(&track.after_trigger()));
        }
        for end in [S::ClosedPartial, S::ClosedFailed] {
            assert_eq!(passage(Track::Trust, S::Building, end), Ok(()));
        }
        let later = passage(Track::Light, S::Contracting, S::Building);
        assert_eq!(later, Err(MoveRefusal::NotYetHere { to: S::Building }));
        let scoping = passage(Track::Full, S::Gathering, S::Scoping);
        assert_eq!(scoping, Err(MoveRefusal::NotYetHere { to: S::Scoping }));
    }

    #[test]
    fn events_keep_moves() {
        for from in [None, Some(S::Funding)] {
            let moved = Moved { from, to: S::NotFunded };
            assert_eq!(Moved::from_data(&moved.to_data(Track::Light)), Some((Track::Light, moved)));
        }
        let broken = serde_json::json!({ "track": "light", "from": "nowhere", "to": "idea" });
        assert_eq!(Moved::from_data(&broken), None);
    }

    #[test]
    fn no_stage_is_skipped_and_no_event_starts_elsewhere() {
        let skip = passage(Track::Light, S::Gathering, S::Funding);
        assert_eq!(skip, Err(MoveRefusal::NoPassage { from: S::Gathering, to: S::Funding }));
        let elsewhere =
            apply(Track::Trust, Some(S::Idea), Moved { from: Some(S::Funding), to: S::NotFunded });
        assert!(elsewhere.is_err());
        assert!(apply(Track::Trust, None, Moved { from: None, to: S::Funding }).is_err());
        assert!(apply(Track::Trust, Some(S::Idea), Moved { from: None, to: S::Idea }).is_err());
    }

    #[test]
    fn a_feature_is_cancelled_while_its_money_can_all_return() {
        for from in [S::Idea, S::Gathering, S::Costing, S::Funding, S::Contracting, S::Building, S::Parked] {
            for ending in Ending::ALL {
                assert_eq!(passage(Track::Light, from, ending.state()), Ok(()), "{from:?}");
            }
        }
        let later = passage(Track::Full, S::UpstreamReview, S::Abandoned);
        assert_eq!(later, Err(MoveRefusal::NotYetHere { to: S::Abandoned }));
    }
}
