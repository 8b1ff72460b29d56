//! What a rule's own source file says of it: its leading `//!` lines, as Markdown.

/// The explanation.
pub fn text(source: &str) -> String {
    let lines = source.lines().take_while(|l| l.starts_with("//!"));
    let mut text = lines.map(|l| l.trim_start_matches("//!").strip_prefix(' ').unwrap_or("")).collect::<Vec<_>>().join("\n");
    text.truncate(text.trim_end().len());
    text
}

/// The first sentence of the explanation.
pub fn summary(source: &str) -> String {
    let text = text(source);
    let first = text.split("\n\n").next().unwrap_or("").replace('\n', " ");
    first.trim_start_matches("# ").trim().to_owned()
}
