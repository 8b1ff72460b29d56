//! Ways that would lead back up the page: they end in a small box that names the step to go on from.
//!
//! In one version alone such a way closes a circle, which is an error. Two versions laid over each other can also make one
//! that neither has; then it is the older way that ends so.

use super::drawing::{Arrow, Line, Mark, Shape, Style, What};

/// Leads every such way to a box of its own.
pub(super) fn cut(boxes: &mut Vec<Shape>, arrows: &mut [Arrow]) {
    let mut departures: Vec<Vec<usize>> = vec![Vec::new(); boxes.len()];
    for (number, arrow) in arrows.iter().enumerate().filter(|(_, a)| a.mark != Mark::Removed) {
        departures[arrow.from].push(number);
    }
    let circles = circles(&departures, arrows);
    departures.iter_mut().for_each(|d| d.retain(|a| !circles.contains(a)));
    for number in &circles {
        let words = [Line::plain("This goes round in a circle").styled(Style::Small)];
        lead_away(boxes, &mut arrows[*number], "Back to", &words, true);
    }
    for number in 0..arrows.len() {
        let Arrow { from, to, mark, .. } = arrows[number];
        if mark != Mark::Removed {
            continue;
        }
        if leads_to(to, from, &departures, arrows) {
            lead_away(boxes, &mut arrows[number], "On to", &[], false);
        } else {
            departures[from].push(number);
        }
    }
}

/// The arrows that come back to a box that the way to them went through.
fn circles(departures: &[Vec<usize>], arrows: &[Arrow]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut state = vec![0_u8; departures.len()];
    for root in 0..departures.len() {
        if state[root] != 0 {
            continue;
        }
        state[root] = 1;
        let mut path = vec![(root, 0)];
        while let Some((at, next)) = path.last_mut() {
            let Some(arrow) = departures[*at].get(*next) else {
                state[*at] = 2;
                path.pop();
                continue;
            };
            *next += 1;
            let to = arrows[*arrow].to;
            match state[to] {
                0 => {
                    state[to] = 1;
                    path.push((to, 0));
                }
                1 => found.push(*arrow),
                _ => {}
            }
        }
    }
    found
}

fn leads_to(from: usize, wanted: usize, departures: &[Vec<usize>], arrows: &[Arrow]) -> bool {
    let mut seen = vec![false; departures.len()];
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if at == wanted {
            return true;
        }
        if let Some(seen) = seen.get_mut(at).filter(|s| !**s) {
            *seen = true;
            open.extend(departures[at].iter().map(|a| arrows[*a].to));
        }
    }
    false
}

fn lead_away(boxes: &mut Vec<Shape>, arrow: &mut Arrow, words: &str, further: &[Line], is_wrong: bool) {
    let [from, to] = [arrow.from, arrow.to].map(|n| boxes[n].key.clone());
    let mut lines = vec![Line::plain(format!("{words} `{to}`")).styled(Style::Strong)];
    lines.extend_from_slice(further);
    boxes.push(Shape { key: format!("{from}/{to}"), what: What::Elsewhere, tag: String::new(), lines, mark: arrow.mark, is_wrong });
    arrow.to = boxes.len() - 1;
    arrow.is_wrong |= is_wrong;
}
