//! How wide text is, and where its lines break.
//!
//! The picture names no font file, so the width of a letter is not known: a table that is generous for Arial, Helvetica,
//! Liberation Sans and DejaVu Sans keeps every line inside its box.

use unicode_width::UnicodeWidthChar;

/// The width of a text, in the unit of `size`; bold letters are wider.
pub(super) fn width(text: &str, size: f64, is_bold: bool) -> f64 {
    let ems: f64 = text.chars().map(of_letter).sum();
    ems * size * if is_bold { 1.08 } else { 1.0 }
}

fn of_letter(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | '’' | '‘' => 0.33,
        'f' | 'r' | 't' | 'I' | '(' | ')' | '[' | ']' | '-' | '/' | '`' | '·' => 0.42,
        'm' | 'M' | 'w' | '%' | '…' | '–' => 0.9,
        'W' | '@' | '—' => 1.02,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' | '“' | '”' | '"' => 0.57,
        'A'..='Z' | '&' | '+' | '−' | '~' | '=' | '<' | '>' => 0.76,
        'a'..='z' | '0'..='9' => 0.64,
        other => match other.width() {
            Some(0) | None => 0.0,
            Some(1) => 0.78,
            Some(_) => 1.1,
        },
    }
}

/// The lines of a text that is to be at most so wide. A word that is wider by itself is broken.
pub(super) fn wrap(text: &str, size: f64, is_bold: bool, room: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&joined, size, is_bold) <= room {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            line.push(letter);
            if width(&line, size, is_bold) > room && line.chars().count() > 1 {
                // After a hyphen or a stroke, if there is one; else where the room ends.
                let fits = line.len() - letter.len_utf8();
                let at = line[..fits].rfind(['-', '/']).map_or(fits, |at| at + 1);
                let rest = line.split_off(at);
                lines.push(std::mem::replace(&mut line, rest));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The text, or its beginning, words kept whole, where it has more than so many letters.
pub(super) fn shortened(text: &str, letters: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= letters {
        return text;
    }
    let start: String = text.chars().take(letters).collect();
    let whole = start.rsplit_once(' ').map_or(start.as_str(), |(before, _)| before);
    format!("{}…", whole.trim_end_matches([',', '.', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit() {
        let lines = wrap("Are you, or is someone else, in danger right now? Donaudampfschifffahrtsgesellschaft", 13.0, false, 120.0);
        assert!(lines.len() > 4);
        assert!(lines.iter().all(|l| width(l, 13.0, false) <= 120.0), "{lines:?}");
        assert_eq!(wrap(" \n", 13.0, false, 100.0), Vec::<String>::new());
        assert_eq!(shortened("one two, three", 9), "one two…");
    }
}
