//! Texts side by side, word by word.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A piece of a text as it was or is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Same(String),
    /// Only in the older.
    Gone(String),
    /// Only in the newer.
    New(String),
}

/// How many words and spaces two texts may have together; of longer ones all between what both begin and end with counts as
/// replaced. A limit of time would make the same change look different on another machine.
const MOST: usize = 40_000;

/// Two texts as pieces, in reading order. Words, spaces and punctuation are compared apart, so that "weeks." holds "weeks".
pub fn pieces(from: &str, to: &str) -> Vec<Piece> {
    by(&tokens(from), &tokens(to))
}

/// Contact details, digit by digit.
pub fn digits(from: &str, to: &str) -> Vec<Piece> {
    let characters = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
    by(&characters(from), &characters(to))
}

fn by(old: &[String], new: &[String]) -> Vec<Piece> {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let end = old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (gone, come) = (&old[start..old.len() - end], &new[start..new.len() - end]);
    let mut pieces = vec![Piece::Same(new[..start].concat())];
    if gone.len() + come.len() > MOST {
        pieces.extend([Piece::Gone(gone.concat()), Piece::New(come.concat())]);
    } else {
        for op in capture_diff_slices(Algorithm::Myers, gone, come) {
            let (from, to) = (op.old_range(), op.new_range());
            if let DiffOp::Equal { .. } = op {
                pieces.push(Piece::Same(come[to].concat()));
            } else {
                pieces.extend([Piece::Gone(gone[from].concat()), Piece::New(come[to].concat())]);
            }
        }
    }
    pieces.push(Piece::Same(new[new.len() - end..].concat()));
    smooth(pieces)
}

/// A lone space between two changes belongs to them: "the ~~old~~ ~~man~~" reads worse than "the ~~old man~~".
fn smooth(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let (mut gone, mut come) = (String::new(), String::new());
    let flush = |out: &mut Vec<Piece>, gone: &mut String, come: &mut String| {
        out.extend((!gone.is_empty()).then(|| Piece::Gone(std::mem::take(gone))));
        out.extend((!come.is_empty()).then(|| Piece::New(std::mem::take(come))));
    };
    let mut iter = pieces.into_iter().filter(|p| !matches!(p, Piece::Same(t) | Piece::Gone(t) | Piece::New(t) if t.is_empty())).peekable();
    while let Some(piece) = iter.next() {
        match piece {
            Piece::Gone(text) => gone.push_str(&text),
            Piece::New(text) => come.push_str(&text),
            Piece::Same(text) => {
                let is_between = !gone.is_empty() && !come.is_empty() && iter.peek().is_some_and(|p| !matches!(p, Piece::Same(_)));
                if is_between && text.trim().is_empty() {
                    gone.push_str(&text);
                    come.push_str(&text);
                } else {
                    flush(&mut out, &mut gone, &mut come);
                    out.push(Piece::Same(text));
                }
            }
        }
    }
    flush(&mut out, &mut gone, &mut come);
    out
}

fn tokens(text: &str) -> Vec<String> {
    let class = |c: char| match c {
        c if c.is_alphanumeric() || c == '\'' || c == '’' => 0,
        c if c.is_whitespace() => 1,
        _ => 2,
    };
    let mut found: Vec<String> = Vec::new();
    let mut last = None;
    for c in text.chars() {
        // Punctuation stands alone.
        if last == Some(class(c)) && class(c) != 2 {
            if let Some(token) = found.last_mut() {
                token.push(c);
            }
        } else {
            found.push(c.to_string());
        }
        last = Some(class(c));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(pieces: Vec<Piece>) -> String {
        let mark = |piece| match piece {
            Piece::Same(text) => text,
            Piece::Gone(text) => format!("[-{text}-]"),
            Piece::New(text) => format!("{{+{text}+}}"),
        };
        pieces.into_iter().map(mark).collect()
    }

    #[test]
    fn words_are_compared_without_their_punctuation() {
        assert_eq!(
            marked(pieces("Rest for two weeks.", "Rest for three weeks, at home.")),
            "Rest for [-two-]{+three+} weeks{+, at home+}."
        );
        assert_eq!(marked(pieces("an old man", "a young woman")), "[-an old man-]{+a young woman+}");
        assert_eq!(marked(pieces("", "new")), "{+new+}");
    }

    #[test]
    fn numbers_are_compared_digit_by_digit() {
        assert_eq!(marked(digits("0808 157 0123", "0808 157 0124")), "0808 157 012[-3-]{+4+}");
    }

    #[test]
    fn nothing_is_lost() {
        for (from, to) in [("a b c", "c b a"), ("x  y", "x y z"), ("one two", "")] {
            let pieces = pieces(from, to);
            let side = |is_old: bool| {
                let part = |p: &Piece| match p {
                    Piece::Same(t) => t.clone(),
                    Piece::Gone(t) if is_old => t.clone(),
                    Piece::New(t) if !is_old => t.clone(),
                    _ => String::new(),
                };
                pieces.iter().map(part).collect::<String>()
            };
            assert_eq!((side(true).as_str(), side(false).as_str()), (from, to));
        }
    }
}
