//! Words of a link that do not say where it leads.

const VAGUE: [&str; 28] = [
    "click",
    "click here",
    "click on this link",
    "click the link",
    "click this link",
    "details",
    "find out more",
    "go here",
    "here",
    "info",
    "learn more",
    "link",
    "more",
    "more details",
    "more info",
    "more information",
    "our website",
    "page",
    "read here",
    "read more",
    "read more here",
    "see here",
    "see more",
    "tap here",
    "this",
    "this link",
    "this page",
    "website",
];

/// Whether the words of a link say nothing of where it leads.
pub fn is_vague(text: &str) -> bool {
    let words = text.trim().trim_end_matches(['.', '!', ':', '…', '>', '»', ' ']).to_lowercase();
    VAGUE.contains(&words.as_str())
}
