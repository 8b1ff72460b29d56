//! Text to a spanned tree: the only reader of YAML.
//!
//! One parse gives the data and the byte span of every key and value. What the product's YAML refuses (anchors,
//! tags, duplicate keys, …) is recorded as [`Problem`]s beside the tree, so that reading never stops at the first.
//! Knows nothing of kinds, schemas or findings.

pub mod de;
mod parse;
mod tree;
mod write;

pub use parse::{Parsed, Problem, ProblemKind, parse};
pub use tree::{Entry, NodeRef, Type, Yaml};
pub use write::{block, quote};
