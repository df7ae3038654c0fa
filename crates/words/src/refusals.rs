//! The sentence of each refusal: the same on pages, in the API, in mails and on the command line.

mod ads;
mod calls;
mod choices;
mod comments;
mod fields;
mod funding;
mod journal;
mod merging;
mod needs;
mod people;
mod pictures;
mod refunds;
mod subscriptions;
mod work;
