//! Changes as Markdown for a comment on a pull request: what matters first, long ones folded.
//!
//! Everything from content is escaped, so that it shows as it is and can mark nothing up, address nobody and link nowhere.

use std::fmt::Write;

use super::human::shorten;
use super::report::{Entry, Report, short};
use super::words::Piece;
use crate::diag::Severity;
use crate::diag::escape::{visible, visible_lines};

/// Git hosts refuse longer comments (GitHub: 65,536 characters).
const MOST: usize = 60_000;

/// From how many changed places on an item is folded.
const FOLD: usize = 6;

/// All changes.
pub fn render(report: &Report) -> String {
    let mut out = format!("## What changes for people\n\n{}\n", text(&report.summary));
    for (n, entry) in report.entries.iter().enumerate() {
        let one = of(entry);
        if out.len() + one.len() > MOST {
            let left = report.entries.len() - n;
            let _ = write!(out, "\n{left} more items changed; `signpost diff` shows all of them.\n");
            break;
        }
        out.push_str(&one);
    }
    out
}

fn of(entry: &Entry) -> String {
    let mut out = format!("\n### {} · {}\n\n", code(&entry.id), text(&entry.title));
    let less = if entry.is_less_urgent { " · **may be less urgent**" } else { "" };
    let _ = writeln!(out, "**{}** · {}{less}\n", entry.class.word(), text(&entry.what));
    for note in &entry.notes {
        let mark = match note.severity {
            Severity::Error => "🔴",
            Severity::Warning => "🟠",
            Severity::Advice => "🔵",
        };
        let _ = writeln!(out, "- {mark} **{}** ({} {})", text(&note.text), note.severity.word(), note.code);
    }
    moves(entry, &mut out);
    fields(entry, &mut out);
    if !entry.appears.is_empty() {
        let ids: Vec<String> = entry.appears.iter().take(20).map(|id| code(id)).collect();
        let more = if entry.appears.len() > ids.len() { format!(" and {} more", entry.appears.len() - ids.len()) } else { String::new() };
        let _ = writeln!(out, "\nAppears in {}{more}.", ids.join(", "));
    }
    out
}

fn moves(entry: &Entry, out: &mut String) {
    if let Some(counts) = &entry.counts {
        let _ = writeln!(out, "\n{}:\n", text(counts));
    }
    for one in &entry.moves {
        let direction = if one.is_grave { format!("**{}**", one.direction) } else { one.direction.to_owned() };
        let _ = writeln!(out, "- {direction}: {}: {} → {}", text(&one.count), text(&one.from), text(&one.to));
        let answers = one.example.iter().map(|(q, a)| format!("<li>{} <strong>{}</strong></li>", text(&short(q, 80)), text(a)));
        let _ = writeln!(out, "  <details><summary>for example</summary><ol>{}</ol></details>", answers.collect::<String>());
    }
    for (name, from, to) in &entry.vignettes {
        let _ = writeln!(out, "\nWorked example “{}”: {} → {}", text(name), text(from), text(to));
    }
}

fn fields(entry: &Entry, out: &mut String) {
    if entry.fields.is_empty() {
        return;
    }
    let is_long = entry.fields.len() > FOLD || entry.fields.iter().any(|f| f.is_text);
    out.push_str(if is_long { "\n<details><summary>What differs</summary>\n\n" } else { "\n" });
    for told in &entry.fields {
        let pieces: String = shorten(&told.pieces).iter().map(piece).collect();
        let _ = writeln!(out, "- {}: {pieces}", code(&told.path));
    }
    if is_long {
        out.push_str("\n</details>\n");
    }
}

fn piece(piece: &Piece) -> String {
    let words = |t: &str| text(&visible_lines(t)).replace('\n', "<br>");
    match piece {
        Piece::Same(t) => words(t),
        Piece::Gone(t) => format!("<del>{}</del>", words(t)),
        Piece::New(t) => format!("<ins>{}</ins>", words(t)),
    }
}

/// Text that Markdown leaves as it is.
fn text(from: &str) -> String {
    let mut out = String::new();
    let from = visible_lines(from);
    let mut rest = from.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // As entities these are seen as they are, and address nobody and link nowhere.
            '@' => out.push_str("&#64;"),
            ':' if next == Some('/') => out.push_str("&#58;"),
            '#' if next.is_some_and(|n| n.is_ascii_digit()) => out.push_str("&#35;"),
            '.' if next.is_some_and(char::is_alphanumeric) && out.ends_with("www") => out.push_str("&#46;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// An id or path as code.
fn code(id: &str) -> String {
    format!("<code>{}</code>", text(&visible(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_marks_nothing_up() {
        assert_eq!(text("<b> @team [x](https://e) #1 www.e"), "&lt;b&gt; &#64;team \\[x\\](https&#58;//e) &#35;1 www&#46;e");
    }
}
