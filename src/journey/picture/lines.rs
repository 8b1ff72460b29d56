//! Two versions of a box's lines laid over each other.

use super::drawing::{Line, Mark};

/// Above this many pairs of lines nothing is matched: every line is old or new.
const PAIRS: usize = 250_000;

/// The lines of both, in the newer order; what only one has is marked.
pub(super) fn compared(before: &[Line], now: &[Line]) -> Vec<Line> {
    let gone = |l: &Line| l.clone().marked(Mark::Removed);
    let come = |l: &Line| l.clone().marked(Mark::Added);
    if before.len().saturating_mul(now.len()) > PAIRS {
        return before.iter().map(gone).chain(now.iter().map(come)).collect();
    }
    // The longest common run of lines, from the ends back.
    let mut longest = vec![vec![0_usize; now.len() + 1]; before.len() + 1];
    for b in (0..before.len()).rev() {
        for n in (0..now.len()).rev() {
            longest[b][n] = if is_same(&before[b], &now[n]) { longest[b + 1][n + 1] + 1 } else { longest[b + 1][n].max(longest[b][n + 1]) };
        }
    }
    let (mut b, mut n) = (0, 0);
    let mut found = Vec::with_capacity(now.len());
    while b < before.len() || n < now.len() {
        if b < before.len() && n < now.len() && is_same(&before[b], &now[n]) {
            found.push(now[n].clone());
            (b, n) = (b + 1, n + 1);
        } else if n == now.len() || b < before.len() && longest[b + 1][n] >= longest[b][n + 1] {
            found.push(gone(&before[b]));
            b += 1;
        } else {
            found.push(come(&now[n]));
            n += 1;
        }
    }
    found
}

/// The same words in the same place; a condition's number may be another.
fn is_same(before: &Line, now: &Line) -> bool {
    before.text == now.text && before.style == now.style
}

/// What became of the whole, from what became of its lines.
pub(super) fn mark_of(lines: &[Line]) -> Mark {
    let mut marks = lines.iter().map(|l| l.mark);
    let Some(first) = marks.next() else { return Mark::Same };
    if marks.all(|m| m == first) { first } else { Mark::Changed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_one_has_is_marked() {
        let lines = |words: &str| words.split(' ').map(Line::plain).collect::<Vec<_>>();
        let both = compared(&lines("a b c d"), &lines("a x c d e"));
        let said: Vec<String> = both.iter().map(Line::words).collect();
        assert_eq!(said, ["a", "− b", "+ x", "c", "d", "+ e"]);
        assert_eq!(mark_of(&both), Mark::Changed);
        assert_eq!(mark_of(&compared(&lines("a"), &lines("a"))), Mark::Same);
    }
}
