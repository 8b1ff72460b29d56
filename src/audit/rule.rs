//! How a rule over generated pages is called.

use super::site::Site;
use super::view::{Kept, View};
use crate::diag::rule::{self, Sink};

/// One rule over generated pages.
pub type Rule = rule::Rule<Check>;

/// How a rule finds.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Called for every page, in parallel.
    Page(fn(&View<'_, '_>, &mut Sink<'_>)),
    /// Called for every file with text: style sheets, lists and data too.
    File(fn(&View<'_, '_>, &mut Sink<'_>)),
    /// Called once, with what was kept of every file.
    Site(fn(&Site<'_>, &[Kept<'_>], &mut Sink<'_>)),
}
