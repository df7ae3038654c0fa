//! The decisions of a collective, as they are written down: listed, read, recorded, chosen by other forms.

mod choice;
mod new;
mod page;
#[cfg(test)]
mod tests;

pub(crate) use choice::{choice, choices, decided, decided_about, would_decide};
pub(crate) use new::{create, show as new};
pub(crate) use page::{list, show};
