//! Counting methods that an assembly can trust and a stranger can recompute.
//!
//! People who pool money have to agree on what to spend it on; people who decide together have to agree on how to count.
//! This crate holds the counts, and nothing else: no database, no clock, no chance, no network. A count is a function
//! from ballots to an outcome. It is exact (integers and fractions decide everything), it always gives the same answer,
//! and it hands over its *working*, so that somebody who doesn't trust the machine can do it again with a pencil.
//!
//! # Which count for what
//! | What is decided | Module | In short |
//! |---|---|---|
//! | a common pot over priced projects | [`equal_shares`] | everyone decides about an equal share |
//! | the same, for approvals alone | [`phragmen`] | everyone earns at the same pace, supporters buy as soon as they can |
//! | the same, as cities mostly do | [`greedy`] | most votes first, as long as it fits; a majority may take all |
//! | a pool that doubles gifts | [`quadratic`] | many small gifts weigh more than a few large ones |
//! | one option among some, by grades | [`majority_judgment`] | the best median grade wins |
//! | an order of options, by ranking | [`schulze`], [`ranked_pairs`] | options are compared two by two |
//! | one option, by ranking | [`runoff`] | the last is struck out until one has the majority |
//! | by points or approvals | [`score`] | sums |
//! | yes or no | [`threshold`] | a share to reach, and a quorum |
//! | who, by chance | [`draw`] | an order that nobody chose and everybody can check |
//!
//! # A first count
//! Four neighbours share 80 €. Three want a bench (45 €) and paint (15 €), one wants a lime tree (20 €).
//!
//! ```
//! use popote_tally::budget::{Ballot, Profile, Utility};
//! use popote_tally::equal_shares::{Completion, Rules, count};
//! use popote_tally::greedy;
//!
//! let bench_and_paint = Ballot::approval([0, 1]);
//! let ballots = [bench_and_paint.clone(), bench_and_paint.clone(), bench_and_paint, Ballot::approval([2])];
//! let profile = Profile::new(&[4_500, 1_500, 2_000], Utility::Cost, ballots, None)?;
//!
//! // Each has a share of 20 €. Three pay 15 € each for the bench and 5 € each for the paint; the fourth buys the tree.
//! let outcome = count(&profile, 8_000, Rules::new(Completion::None))?;
//! assert_eq!(outcome.winners, [1, 0, 2]);
//! assert_eq!(outcome.paid, [2_000, 2_000, 2_000, 2_000]);
//!
//! // With 60 € the shares are 15 €. Bench and paint are tied, and the cheaper one comes first; then the three have 10 €
//! // each left, too little for the bench, and the tree is too dear for one.
//! let outcome = count(&profile, 6_000, Rules::new(Completion::None))?;
//! assert_eq!(outcome.winners, [1]);
//! // By number of votes, the three take everything.
//! assert_eq!(greedy::count(&profile, 6_000).winners, [1, 0]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Units
//! A budget method counts in the unit of its costs, whichever it is: cents, say. [`pabulib`] reads amounts in hundredths of
//! the currency unit. Projects, options, donors and voters are indices from 0; [`files`] and [`report`] give them names.
//!
//! # Ties
//! A tie between projects falls by lower cost, then more supporters, then the *lot*; one between options by what the method
//! says, then the lot. The lot is an order drawn before the count ([`draw`]) and kept for all of it ([`lot`]). Outcomes
//! name every tie that mattered.
//!
//! # Bounds
//! A count never panics, and always ends: sizes beyond the limits that each module names are refused with an error.
//!
//! # Reading on
//! Each module begins with what its method promises, where it comes from, and a small election counted by hand; the
//! examples are run as tests. Begin with [`budget`], which says what a ballot is, then [`equal_shares`]; of the methods that
//! choose, [`majority_judgment`] and [`schulze`] are the ones to read first. [`report`] puts every count into words.

pub mod budget;
pub mod draw;
pub mod equal_shares;
pub mod files;
pub mod fraction;
pub mod greedy;
pub mod lot;
pub mod majority_judgment;
pub mod pabulib;
pub mod phragmen;
pub mod quadratic;
pub mod ranked_pairs;
pub mod ranking;
pub mod report;
pub mod runoff;
pub mod schulze;
pub mod score;
pub mod threshold;
