//! Two versions of a page side by side: which block is which, and word by word what differs in those that changed.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::reading::Block;
use crate::diff::words::{self, Piece};

/// One block of a page with marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The block: the newer one, but for what is gone.
    pub block: Block,
    /// What it says and said.
    pub pieces: Vec<Piece>,
}

impl Row {
    /// Whether anything differs.
    pub fn is_changed(&self) -> bool {
        self.pieces.iter().any(|p| !matches!(p, Piece::Same(_)))
    }
}

/// How much of two texts must be the same for one to be a version of the other, in percent of the longer.
const ALIKE: usize = 40;

/// Both versions in one, in the order of the newer.
pub fn rows(old: &[Block], new: &[Block]) -> Vec<Row> {
    let mut rows = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let (before, after) = (&old[op.old_range()], &new[op.new_range()]);
        match op {
            DiffOp::Equal { .. } => rows.extend(after.iter().map(|b| row(b, vec![Piece::Same(b.words.clone())]))),
            _ => replaced(before, after, &mut rows),
        }
    }
    rows
}

fn row(block: &Block, pieces: Vec<Piece>) -> Row {
    Row { block: block.clone(), pieces }
}

/// Blocks in place of others: each new one beside the first old one that it may be a version of, none before one that was used.
fn replaced(before: &[Block], after: &[Block], rows: &mut Vec<Row>) {
    let mut next = 0;
    for block in after {
        let found = (next..before.len()).find(|n| {
            let other = &before[*n];
            other.sort == block.sort && is_alike(&other.words, &block.words)
        });
        if let Some(at) = found {
            gone(&before[next..at], rows);
            // Words that stayed while the card around them changed are new where they are: another card says another urgency.
            let is_moved = before[at].card != block.card;
            let pieces = if is_moved {
                vec![Piece::Gone(before[at].words.clone()), Piece::New(block.words.clone())]
            } else {
                words::pieces(&before[at].words, &block.words)
            };
            rows.push(row(block, pieces));
            next = at + 1;
        } else {
            rows.push(row(block, vec![Piece::New(block.words.clone())]));
        }
    }
    gone(&before[next..], rows);
}

fn gone(blocks: &[Block], rows: &mut Vec<Row>) {
    rows.extend(blocks.iter().map(|b| row(b, vec![Piece::Gone(b.words.clone())])));
}

fn is_alike(a: &str, b: &str) -> bool {
    let same: usize = words::pieces(a, b)
        .iter()
        .map(|p| match p {
            Piece::Same(text) => text.chars().filter(|c| c.is_alphanumeric()).count(),
            _ => 0,
        })
        .sum();
    let all = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    same * 100 >= all(a).max(all(b)) * ALIKE && same > 0
}

/// Only what changed, with a block on either side; `None` stands for what is left out between.
pub fn near(rows: &[Row]) -> Vec<Option<&Row>> {
    let mut shown = Vec::new();
    let mut has_gap = false;
    for (n, row) in rows.iter().enumerate() {
        let is_near = (n.saturating_sub(1)..(n + 2).min(rows.len())).any(|m| rows[m].is_changed());
        if is_near {
            shown.push(Some(row));
        } else if !has_gap {
            shown.push(None);
        }
        has_gap = !is_near;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::reading::Sort;

    fn block(words: &str) -> Block {
        Block { sort: Sort::Text, card: None, words: words.to_owned() }
    }

    fn shown(old: &[Block], new: &[Block]) -> Vec<String> {
        let mark = |p: &Piece| match p {
            Piece::Same(t) => t.clone(),
            Piece::Gone(t) => format!("[-{t}-]"),
            Piece::New(t) => format!("{{+{t}+}}"),
        };
        rows(old, new).iter().map(|r| r.pieces.iter().map(mark).collect()).collect()
    }

    #[test]
    fn blocks_find_their_earlier_versions() {
        let old = [block("One."), block("Rest for two weeks at home."), block("Gone for good."), block("Last.")];
        let new = [block("One."), block("Rest for three weeks at home."), block("Something else entirely"), block("Last.")];
        let expected = ["One.", "Rest for [-two-]{+three+} weeks at home.", "{+Something else entirely+}", "[-Gone for good.-]", "Last."];
        assert_eq!(shown(&old, &new), expected);
    }

    #[test]
    fn another_card_is_a_change_of_all_its_words() {
        let urgent = Block { card: Some("urgent"), ..block("Call 111") };
        let mild = Block { card: Some("non-urgent"), ..block("Call 111") };
        assert_eq!(shown(&[urgent], &[mild]), ["[-Call 111-]{+Call 111+}"]);
    }

    #[test]
    fn what_did_not_change_is_left_out() {
        let old: Vec<Block> = ["a", "b", "c", "d", "e"].map(block).into();
        let mut new = old.clone();
        new[2] = block("x");
        let rows = rows(&old, &new);
        let near: Vec<bool> = near(&rows).iter().map(Option::is_some).collect();
        assert_eq!(near, [false, true, true, true, true, false]);
    }
}
