//! Circles in a graph, each told once. Knows numbers only: what they stand for is the caller's.

use std::collections::{HashSet, VecDeque};

/// For every knot of nodes that lead back to themselves, a shortest circle through its first node, beginning there.
pub fn circles(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut found: Vec<Vec<usize>> = knots(edges).iter().filter_map(|knot| shortest(edges, knot)).collect();
    found.sort();
    found
}

/// Strongly connected parts (Tarjan, without recursion: a journey may have thousands of steps in a row).
fn knots(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const UNSEEN: usize = usize::MAX;
    let (mut index, mut low) = (vec![UNSEEN; edges.len()], vec![0; edges.len()]);
    let (mut open, mut is_open) = (Vec::new(), vec![false; edges.len()]);
    let mut next = 0;
    let mut knots = Vec::new();
    for root in 0..edges.len() {
        if index[root] != UNSEEN {
            continue;
        }
        let mut calls = vec![(root, 0)];
        while let Some((node, edge)) = calls.pop() {
            if edge == 0 {
                (index[node], low[node]) = (next, next);
                next += 1;
                open.push(node);
                is_open[node] = true;
            } else {
                // Back from the child that the edge before led to.
                low[node] = low[node].min(low[edges[node][edge - 1]]);
            }
            let mut ahead = None;
            for (at, &to) in edges[node].iter().enumerate().skip(edge) {
                if index[to] == UNSEEN {
                    ahead = Some((at, to));
                    break;
                }
                if is_open[to] {
                    low[node] = low[node].min(index[to]);
                }
            }
            if let Some((at, to)) = ahead {
                calls.push((node, at + 1));
                calls.push((to, 0));
            } else if low[node] == index[node] {
                let mut knot = Vec::new();
                while let Some(member) = open.pop() {
                    is_open[member] = false;
                    knot.push(member);
                    if member == node {
                        break;
                    }
                }
                knots.push(knot);
            }
        }
    }
    knots
}

fn shortest(edges: &[Vec<usize>], knot: &[usize]) -> Option<Vec<usize>> {
    let first = *knot.iter().min()?;
    let inside: HashSet<usize> = knot.iter().copied().collect();
    let mut from = std::collections::HashMap::new();
    let mut queue = VecDeque::from([first]);
    while let Some(node) = queue.pop_front() {
        for &to in edges[node].iter().filter(|to| inside.contains(to)) {
            if to == first {
                let mut circle = vec![node];
                while let Some(before) = circle.last().and_then(|n| from.get(n)) {
                    circle.push(*before);
                }
                circle.reverse();
                return Some(circle);
            }
            if let std::collections::hash_map::Entry::Vacant(slot) = from.entry(to) {
                slot.insert(node);
                queue.push_back(to);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_each_circle_once_from_its_first_node() {
        assert_eq!(circles(&[vec![1], vec![2], vec![0, 1], vec![3], vec![0]]), [vec![0, 1, 2], vec![3]]);
        assert!(circles(&[vec![1, 2], vec![2], vec![]]).is_empty());
    }

    #[test]
    fn a_long_row_needs_no_deep_stack() {
        let edges: Vec<Vec<usize>> = (0..100_000).map(|n| vec![(n + 1) % 100_000]).collect();
        assert_eq!(circles(&edges)[0].len(), 100_000);
    }
}
