//! HTML, or an HTML comment, in Markdown.
//!
//! HTML can hide text, load things from elsewhere and break the page for people who use a screen reader; a comment is
//! seen by some and not by others. Content is Markdown alone, so that what a reviewer reads is what the public reads.
//!
//! ## Example
//! ```md
//! Call <b>now</b>. <!-- ask the trust whether this is right -->
//! ```
//!
//! ## Instead
//! ```md
//! Call **now**.
//! ```
//! A note to colleagues goes into a YAML comment of the front matter, or into the review.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::markdown::Refusal;

pub const RULE: Rule =
    Rule { code: "Y020", name: "html", severity: Severity::Error, source: include_str!("y020_html.rs"), check: Check::File(check) };

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    // `<b>` and its `</b>` are one mistake.
    let mut open: Vec<String> = Vec::new();
    for (refusal, span) in file.body().into_iter().flat_map(|b| &b.refusals) {
        if *refusal != Refusal::RawHtml {
            continue;
        }
        let html = span.of(&file.file.text);
        if html.starts_with("<!--") {
            let finding = file.finding(*span, "a comment hides text from some who read this");
            sink.push(finding.help("take it out; a note to colleagues can be a line with `#` in the front matter"));
            continue;
        }
        if let Some(name) = html.strip_prefix("</").map(tag_name)
            && let Some(at) = open.iter().rposition(|o| *o == name)
        {
            open.remove(at);
            continue;
        }
        open.push(tag_name(html.trim_start_matches('<')));
        let help = instead(&tag_name(html.trim_start_matches(['<', '/'])));
        sink.push(file.finding(*span, "HTML is not allowed in content").help(help));
    }
}

fn tag_name(html: &str) -> String {
    html.chars().take_while(char::is_ascii_alphanumeric).flat_map(char::to_lowercase).collect()
}

/// What Markdown has for a tag.
fn instead(tag: &str) -> &'static str {
    match tag {
        "b" | "strong" => "write `**important words**` for bold",
        "i" | "em" => "write `*words*` for emphasis",
        "a" => "write `[words](https://…)` for a link",
        "br" => "end the line with a backslash for a line break, or begin a new paragraph",
        "img" => "write `![what it shows](…)` for a picture",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "write `## Heading` for a heading",
        "ul" | "ol" | "li" => "write a list with a line `- …` for each entry",
        "table" | "tr" | "td" | "th" => "write a table with `|` between the cells",
        "hr" => "write `***` on a line by itself for a rule",
        "details" | "summary" => "write a heading and its text",
        _ => "write it in Markdown, or take it out",
    }
}
