//! What every page is made of: the frame around it and the parts inside it.

pub(crate) mod both;
pub(crate) mod changes;
mod field;
mod frame;
#[cfg(test)]
mod gallery;
mod money_parts;
mod parts;

pub use field::{Choice, Field, Form, Problem, Problems, Summary};
pub use frame::{CollectiveNav, ErrorPage, Frame, NavLink, Section, html, html_with};
pub use money_parts::{Gauge, Legend, PotPicture};
pub use parts::{Crumbs, Pager, Story, StoryLine, Way, WayStep};
