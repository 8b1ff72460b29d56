//! How a rule over content is called.

use super::context::{Context, FileContext};
use crate::diag::rule::{self, Sink};

/// One rule over content.
pub type Rule = rule::Rule<Check>;

/// How a rule finds: file by file, or over the whole site at once.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Called for every file of the snapshot, in parallel.
    File(fn(&FileContext<'_, '_>, &mut Sink<'_>)),
    /// Called once.
    Site(fn(&Context<'_>, &mut Sink<'_>)),
}
