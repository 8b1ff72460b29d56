//! A picture without words for those who cannot see it.
//!
//! A screen reader says the words between the brackets. Say what the picture tells people, not that it is a picture; if
//! it tells them nothing that the text does not, leave it out.
//!
//! ## Example
//! ```md
//! ![](images/breathing.png)
//! ```
//!
//! ## Instead
//! ```md
//! ![Breathe in for 4, out for 4](images/breathing.png)
//! ```
//!
//! ## Where it comes from
//! Web Content Accessibility Guidelines 2.2, success criterion 1.1.1.

use super::is_retired;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule = Rule {
    code: "W012",
    name: "picture-without-words",
    severity: Severity::Warning,
    source: include_str!("w012_picture_without_words.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    if is_retired(file) {
        return;
    }
    for picture in file.links().iter().filter(|l| l.is_image) {
        let words = picture.text.trim().to_lowercase();
        let name = picture.to.rsplit('/').next().unwrap_or("").to_lowercase();
        let message = if words.is_empty() {
            "a picture without words for those who cannot see it"
        } else if words == name || name.split_once('.').is_some_and(|(stem, _)| stem == words) {
            "the name of the file does not say what the picture shows"
        } else if ["image of", "picture of", "photo of", "photograph of", "graphic of"].iter().any(|start| words.starts_with(start)) {
            "a screen reader says by itself that this is a picture"
        } else {
            continue;
        };
        sink.push(file.finding(picture.span, message).help("say between the brackets what the picture tells people"));
    }
}
