//! Text to a spanned tree: the only reader of YAML.
//!
//! One parse gives the data and the byte span of every key and value. What the product's YAML refuses (anchors,
//! tags, duplicate keys, …) is recorded as [`Problem`]s beside the tree, so that reading never stops at the first.
//! Knows nothing of kinds, schemas or findings.

mod build;
pub mod de;
mod parse;
mod plain;
#[cfg(test)]
mod plain_tests;
mod problem;
mod scalar;
mod syntax;
mod tabs;
mod tree;
mod write;

pub use parse::{MAX_DEPTH, Parsed, parse};
pub use problem::{Problem, ProblemKind, Trouble};
pub use scalar::quoted;
pub use tree::{Entries, Entry, Items, NodeRef, Type, Yaml};
pub use write::{block, quote};
