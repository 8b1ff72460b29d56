//! Rows of one length in one piece of memory, each kept once and known by its number.
//!
//! Situations and the children of nodes are such rows. There are up to millions of them, so none is a list of its own.

use std::hash::{BuildHasher, Hash};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// Up to so many rows are looked through one by one: most positions of a journey have no more situations.
const FEW: usize = 8;

/// Different rows, numbered in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Rows<T> {
    width: usize,
    len: usize,
    cells: Vec<T>,
    /// The numbers of the rows; empty as long as there are few.
    numbers: HashTable<u32>,
    hasher: RandomState,
}

impl<T: Copy + Eq + Hash> Rows<T> {
    /// None yet, of so many cells each.
    pub(super) fn of(width: usize) -> Self {
        Self { width, len: 0, cells: Vec::new(), numbers: HashTable::new(), hasher: RandomState::default() }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// A row by its number.
    pub(super) fn row(&self, number: usize) -> &[T] {
        &self.cells[number * self.width..][..self.width]
    }

    /// The number of a row, which is added where it is new.
    pub(super) fn number(&mut self, row: &[T]) -> usize {
        if let Some(known) = self.find(row) {
            return known;
        }
        self.cells.extend_from_slice(row);
        self.len += 1;
        if self.len > FEW {
            (self.numbers.len()..self.len).for_each(|n| self.list(n));
        }
        self.len - 1
    }

    fn find(&self, row: &[T]) -> Option<usize> {
        if self.len <= FEW {
            return (0..self.len).find(|n| self.row(*n) == row);
        }
        let known = self.numbers.find(self.hasher.hash_one(row), |n| self.row(*n as usize) == row);
        known.map(|n| *n as usize)
    }

    fn list(&mut self, number: usize) {
        let (width, cells, hasher) = (self.width, &self.cells, &self.hasher);
        let hash = |n: usize| hasher.hash_one(&cells[n * width..][..width]);
        if let Ok(small) = u32::try_from(number) {
            self.numbers.insert_unique(hash(number), small, |n| hash(*n as usize));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_numbered_as_they_come_and_kept_once() {
        for width in [0, 1, 3] {
            let mut rows = Rows::of(width);
            let mut known: Vec<Vec<usize>> = Vec::new();
            for n in 0..200 {
                let row: Vec<usize> = (0..width).map(|cell| n * 7 % (23 + cell)).collect();
                let number = known.iter().position(|k| *k == row).unwrap_or(known.len());
                assert_eq!(rows.number(&row), number);
                if number == known.len() {
                    known.push(row);
                }
            }
            assert_eq!(rows.len(), known.len());
            assert!(known.iter().enumerate().all(|(n, row)| rows.row(n) == row));
        }
    }
}
