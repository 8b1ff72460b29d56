//! What a rule is, and where it puts what it finds.

use super::context::{Context, FileContext};
use super::explained;
use crate::diag::{Finding, Severity};

/// One rule: a code that never changes, and a function that finds.
#[derive(Debug)]
pub struct Rule {
    /// Family and number: `R001`.
    pub code: &'static str,
    /// A short name in kebab case.
    pub name: &'static str,
    /// What its findings weigh, unless one says otherwise.
    pub severity: Severity,
    /// The rule's own source file: its module documentation is what `signpost explain` prints.
    pub source: &'static str,
    /// How it finds.
    pub check: Check,
}

/// How a rule finds: file by file, or over the whole site at once.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Called for every file of the snapshot, in parallel.
    File(fn(&FileContext<'_, '_>, &mut Sink<'_>)),
    /// Called once.
    Site(fn(&Context<'_>, &mut Sink<'_>)),
}

impl Rule {
    /// The explanation: the rule file's leading `//!` lines, as Markdown.
    pub fn explanation(&self) -> String {
        explained::text(self.source)
    }

    /// The first sentence of the explanation.
    pub fn summary(&self) -> String {
        explained::summary(self.source)
    }
}

/// Takes a rule's findings and gives each its code and severity.
pub struct Sink<'f> {
    rule: &'static Rule,
    found: &'f mut Vec<Finding>,
}

impl<'f> Sink<'f> {
    pub(super) fn new(rule: &'static Rule, found: &'f mut Vec<Finding>) -> Self {
        Self { rule, found }
    }

    /// Adds a finding with the rule's own severity.
    pub fn push(&mut self, finding: Finding) {
        self.push_as(self.rule.severity, finding);
    }

    /// Adds findings with the rule's own severity.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }

    /// Adds a finding with another severity.
    pub fn push_as(&mut self, severity: Severity, mut finding: Finding) {
        finding.code = self.rule.code;
        finding.severity = severity;
        self.found.push(finding);
    }
}
