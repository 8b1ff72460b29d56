//! Bodies as blocks: Markdown's events become HTML with our components in between.
//!
//! A paragraph that is nothing but a link to an item becomes that item's card, text, start button or link card; block quotes
//! with a marker become care cards; numbers that a live service has can be dialled. Raw HTML never passes, links lead only
//! where the scheme is known. What the checks refuse is left out here.

mod inline;
mod numbers;
mod state;
mod writer;

pub(super) use numbers::Numbers;
pub(super) use writer::{Writer, link};
