//! One cause, said once: a mistake in a template stands on every page.

use std::collections::BTreeMap;

use crate::diag::words::count;
use crate::diag::{Finding, Report};

/// From how many pages on they count as one cause.
const MANY: usize = 4;
/// How many of the others are named.
const NAMED: usize = 3;

/// A report for people: where the same is wrong on many pages, the first stands for all, and a note says which the others are.
pub fn gathered(report: &Report) -> Report {
    let mut files: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for finding in &report.findings {
        let same = files.entry((finding.code, &finding.message)).or_default();
        if same.last() != Some(&finding.place.file.as_str()) {
            same.push(&finding.place.file);
        }
    }
    let keep = |finding: &&Finding| {
        let same = &files[&(finding.code, finding.message.as_str())];
        same.len() < MANY || same[0] == finding.place.file
    };
    let told = |finding: &Finding| {
        let same = &files[&(finding.code, finding.message.as_str())];
        if same.len() < MANY {
            return finding.clone();
        }
        let (named, rest) = (same[1..=NAMED].join(", "), same.len() - 1 - NAMED);
        let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        finding.clone().note(format!("the same on {}: {named}{more}", count(same.len() - 1, "other page")))
    };
    Report { findings: report.findings.iter().filter(keep).map(told).collect(), items: report.items }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn what_is_wrong_everywhere_is_said_once() {
        let finding = |n: usize, message: &str| Finding::new(&format!("{n}.html"), Span::new(0, 1), message);
        let mut findings: Vec<Finding> = (1..=6).map(|n| finding(n, "no heading")).collect();
        findings.insert(1, finding(1, "no heading"));
        findings.push(finding(7, "other"));
        let told = gathered(&Report { findings, items: 7 });
        assert_eq!(told.findings.len(), 3);
        assert_eq!(told.findings[0].notes, ["the same on 5 other pages: 2.html, 3.html, 4.html and 2 more"]);
        assert!(told.findings[2].notes.is_empty());
    }
}
