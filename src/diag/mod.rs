//! A finding as data, and one file for each way of printing it.
//!
//! A finding says what is wrong, where, and what to do, in plain words. It stays data until it is printed; only
//! the formats know about terminals, JSON or CI hosts.

pub mod escape;
mod excerpt;
pub mod fix;
pub mod github;
pub mod human;
pub mod json;
pub mod junit;
pub mod places;
pub mod rule;
pub mod sarif;
pub mod short;
pub mod words;

use std::cmp::Ordering;

use crate::source::Span;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Must be put right: nothing with an error is published.
    Error,
    /// Ought to be put right; `--deny warnings` makes it count.
    Warning,
    /// Worth knowing; never fails a run.
    Advice,
}

impl Severity {
    /// The word for it in every format.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
        }
    }
}

/// A place in a file of the repository.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path from the repository's root, with `/`.
    pub file: String,
    /// Bytes in that file.
    pub span: Span,
}

/// A further place that a finding speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What is to be seen there.
    pub text: String,
}

/// A replacement of text that puts the finding right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub place: Place,
    /// By what.
    pub text: String,
}

/// One thing wrong in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Stable code of the rule: `R001`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong, in plain words, without a full stop.
    pub message: String,
    /// The id of the item it belongs to, if any: `topic/sleep`.
    pub item: Option<String>,
    /// Where.
    pub place: Place,
    /// A few words under the marked text; may be empty.
    pub label: String,
    /// Other places that matter.
    pub labels: Vec<Label>,
    /// Background that helps to understand.
    pub notes: Vec<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// A worked example, for findings about journeys: a person's answers in the order asked.
    pub example: Option<serde_json::Value>,
    /// The exact replacement, where there is one right answer. `check --fix` applies it.
    pub fix: Vec<Edit>,
    /// Listed in the baseline: shown as known, counted by no gate.
    pub is_known: bool,
}

impl Finding {
    /// The order in which findings are shown.
    pub fn by_place(a: &Self, b: &Self) -> Ordering {
        (&a.place, a.code, &a.message).cmp(&(&b.place, b.code, &b.message))
    }

    /// A finding with the bare necessities; the rest is added by the builder methods. The rule's code and severity
    /// are set by whoever runs the rule.
    pub fn new(file: &str, span: Span, message: impl Into<String>) -> Self {
        Self {
            code: "",
            severity: Severity::Error,
            message: message.into(),
            item: None,
            place: Place { file: file.to_owned(), span },
            label: String::new(),
            labels: Vec::new(),
            notes: Vec::new(),
            help: None,
            example: None,
            fix: Vec::new(),
            is_known: false,
        }
    }

    /// Words under the marked text.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// Another place in a file that matters.
    #[must_use]
    pub fn also(mut self, file: &str, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { place: Place { file: file.to_owned(), span }, text: text.into() });
        self
    }

    /// Background.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// What to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Help with a suggestion, where there is one: "did you mean …?".
    #[must_use]
    pub fn did_you_mean(self, suggestion: Option<&str>) -> Self {
        match suggestion {
            Some(s) => self.help(format!("did you mean `{s}`?")),
            None => self,
        }
    }

    /// The message with its notes and its help, a line each, for formats that have one text for all of it.
    pub fn words(&self) -> String {
        let mut words = escape::visible(&self.message).into_owned();
        for note in &self.notes {
            words.push_str(&format!("\nnote: {}", escape::visible_lines(note)));
        }
        if let Some(help) = &self.help {
            words.push_str(&format!("\nhelp: {}", escape::visible_lines(help)));
        }
        words
    }

    /// The replacement that puts it right, in the finding's own file.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        let place = Place { file: self.place.file.clone(), span };
        self.fix.push(Edit { place, text: text.into() });
        self
    }
}

/// The texts that findings speak of, by path.
pub trait Texts {
    /// The text of a file, or `None` where it is not there or not text.
    fn text(&self, path: &str) -> Option<&str>;
}

/// What a run found: the findings, sorted by file and place, and how many items were looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Sorted by file and place.
    pub findings: Vec<Finding>,
    /// Number of items checked.
    pub items: usize,
}

impl Report {
    /// The number of findings of a severity, without those the baseline knows.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|f| f.severity == severity && !f.is_known).count()
    }
}
