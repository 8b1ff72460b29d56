//! How findings are printed: the formats that `check` and `audit` have in common.

use super::session::Session;
use crate::diag::rule::Rule;
use crate::diag::{self, Report, Severity, Texts, sarif};
use crate::{audit, check};

#[derive(Clone, Copy, clap::ValueEnum)]
pub(super) enum Format {
    /// With the lines that it is about, for people
    Human,
    /// A line each
    Short,
    /// For programs; schemas/cli/ describes it
    Json,
    /// Annotations of a GitHub workflow
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, for test reports
    Junit,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Deny {
    /// Exit with status 1 for warnings
    Warnings,
}

impl Deny {
    /// From which severity on findings count.
    pub(super) fn gate(deny: Option<Self>) -> Severity {
        if deny == Some(Self::Warnings) { Severity::Warning } else { Severity::Error }
    }
}

/// Who prints.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Check,
    Audit,
}

/// A report as text. `folder` stands in front of paths where hosts count them from the root of the git repository.
pub(super) fn render(
    session: &Session,
    report: &Report,
    texts: &dyn Texts,
    format: Format,
    gate: Severity,
    by: By,
    folder: &str,
) -> String {
    let is_check = by == By::Check;
    match format {
        Format::Human => {
            let options = diag::human::Options { color: session.has_color(), width: session.width() };
            diag::human::render_of(report, texts, options, if is_check { "item" } else { "page" })
        }
        Format::Short => diag::short::render(report, texts),
        Format::Json => diag::json::render_of(report, texts, if is_check { "items" } else { "pages" }),
        Format::Github => diag::github::render(report, texts, folder),
        Format::Junit => {
            let (command, all) = if is_check { ("check", "all items") } else { ("audit", "all pages") };
            diag::junit::render_of(report, texts, gate, command, all)
        }
        Format::Sarif => {
            let words: Vec<Words> =
                if is_check { check::rules().map(Words::of).collect() } else { audit::rules().map(Words::of).collect() };
            let rules: Vec<sarif::Rule<'_>> = words.iter().map(Words::rule).collect();
            sarif::render(report, texts, &rules, folder)
        }
    }
}

/// What is said of a rule.
struct Words {
    code: &'static str,
    name: &'static str,
    severity: Severity,
    short: String,
    help: String,
}

impl Words {
    fn of<C>(rule: &Rule<C>) -> Self {
        Self { code: rule.code, name: rule.name, severity: rule.severity, short: rule.summary(), help: rule.explanation() }
    }

    fn rule(&self) -> sarif::Rule<'_> {
        sarif::Rule { code: self.code, name: self.name, severity: self.severity, short: &self.short, help: &self.help }
    }
}
