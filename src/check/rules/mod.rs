//! The rules: a folder for each family, a file for each rule. Its module documentation is what `signpost explain` prints.

mod d;
mod h;
mod j;
mod p;
mod r;
mod s;
mod v;
mod w;
mod y;

use super::rule::Rule;

/// Every rule, family by family in the order of the command-line contract. A test proves that codes are unique.
pub const FAMILIES: [&[&Rule]; 9] = [y::RULES, s::RULES, r::RULES, j::RULES, h::RULES, p::RULES, w::RULES, d::RULES, v::RULES];
