//! What a rule is, whatever it looks at, and where it puts what it finds.
//!
//! How a rule is called is for those to say who call it: content and generated pages each have a kind of check of their own.

use super::{Finding, Severity};

/// One rule: a code that never changes, and how it finds.
#[derive(Clone, Copy, Debug)]
pub struct Rule<C> {
    /// Family and number: `R001`.
    pub code: &'static str,
    /// A short name in kebab case.
    pub name: &'static str,
    /// What its findings weigh, unless one says otherwise.
    pub severity: Severity,
    /// The rule's own source file: its module documentation is what `signpost explain` prints.
    pub source: &'static str,
    /// How it finds.
    pub check: C,
}

impl<C> Rule<C> {
    /// The rule as it is spoken of: all but how it finds.
    pub fn about(&self) -> Rule<()> {
        Rule { code: self.code, name: self.name, severity: self.severity, source: self.source, check: () }
    }

    /// The explanation: the rule file's leading `//!` lines, as Markdown.
    pub fn explanation(&self) -> String {
        let lines = self.source.lines().take_while(|l| l.starts_with("//!"));
        let mut text = lines.map(|l| l.trim_start_matches("//!").strip_prefix(' ').unwrap_or("")).collect::<Vec<_>>().join("\n");
        text.truncate(text.trim_end().len());
        text
    }

    /// The first sentence of the explanation.
    pub fn summary(&self) -> String {
        let text = self.explanation();
        let first = text.split("\n\n").next().unwrap_or("").replace('\n', " ");
        first.trim_start_matches("# ").trim().to_owned()
    }
}

/// Takes a rule's findings and gives each its code and severity.
pub struct Sink<'f> {
    rule: Rule<()>,
    found: &'f mut Vec<Finding>,
}

impl<'f> Sink<'f> {
    /// What this rule finds goes here.
    pub fn new<C>(rule: &Rule<C>, found: &'f mut Vec<Finding>) -> Self {
        Self { rule: rule.about(), found }
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
