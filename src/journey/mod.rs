//! Journeys, proved: from the parsed journey to a graph, and from the graph to a reduced diagram that answers every
//! question about it exactly.
//!
//! - [`graph`]: steps, questions and conditions, resolved by `build` (CONTENT.md, section 4);
//! - [`diagram`]: one node for each set of situations from which the same screens and endings follow; `explore` finds the
//!   situations, `live` says what of one still matters, `rows` keeps each once;
//! - [`verify`]: counts, examples and verdicts; [`monotone`] walks a diagram twice, side by side; [`vignette`] replays;
//! - [`compare`]: two versions held against each other, exactly;
//! - [`walk`]: one person's way through it, state by state, read off the journey as written; [`typed`] reads what people
//!   type as answers;
//! - [`screens`]: the table that the public site walks, screen by screen;
//! - [`words`]: any condition in plain English.
//!
//! Knows nothing of findings, pages or files.

mod build;
pub mod compare;
pub mod diagram;
mod explore;
pub mod graph;
mod live;
pub mod monotone;
pub mod picture;
mod rows;
pub mod screens;
pub mod trace;
pub mod typed;
pub mod verify;
pub mod vignette;
pub mod walk;
pub mod words;

pub use graph::Graph;
