//! The picture of a journey, and of what changed since another version of it.
//!
//! - [`draw`]: from one or two versions of a journey to a [`Drawing`]: boxes and arrows that have no place yet;
//! - [`Sheet`]: where everything stands on paper;
//! - [`svg`], [`dot`], [`mermaid`]: written out.
//!
//! An ending is drawn beside each step that leads to it, as in printed pathways: no arrow crosses the page to reach one.
//! Knows nothing of files, revisions or the command line.

mod assemble;
mod blocks;
mod circles;
mod compact;
pub mod dot;
pub mod drawing;
mod faults;
mod fold;
mod legend;
mod letters;
mod lines;
pub mod mermaid;
mod outlines;
mod panel;
mod pieces;
mod sheet;
pub mod svg;

use crate::model::{Content, Item, Journey};
use drawing::{Drawing, LevelKey, Urgency};
use pieces::Pieces;

pub use panel::{Panel, Row};
pub use sheet::{Route, Sheet, TooLarge};

/// One version of a journey, and the content that it stands in.
#[derive(Clone, Copy)]
pub struct Version<'v, 'a> {
    /// The item.
    pub item: &'v Item<'a>,
    /// Its fields.
    pub journey: &'v Journey<'a>,
    /// Everything it refers to.
    pub content: &'v Content<'a>,
    /// Its fingerprint, where it has one.
    pub fingerprint: Option<&'v str>,
}

/// Draws a journey, and what changed since an older version of it.
pub fn draw<'a>(now: Version<'_, 'a>, before: Option<Version<'_, 'a>>) -> Drawing {
    let of_now = Pieces::of(now.item.name, now.journey, now.content);
    let of_before = before.map(|b| Pieces::of(b.item.name, b.journey, b.content));
    let renamed = |id: &str| now.content.renamed(id).filter(|_| now.content.get(id).is_none()).map_or_else(|| id.to_owned(), Item::id);
    let (boxes, arrows) = assemble::assemble(&of_now, of_before.as_ref(), &renamed);
    let said = |v: &Version<'_, 'a>| v.fingerprint.map_or_else(|| "no fingerprint".to_owned(), |f| format!("fingerprint {f}"));
    let mut versions = vec![format!("{}, {}", now.item.id(), said(&now))];
    versions.extend(before.as_ref().map(|b| format!("compared with {}", said(b))));
    let mut drawing = Drawing {
        title: now.item.title().to_owned(),
        id: now.item.id(),
        versions,
        boxes,
        arrows,
        levels: levels(now.content),
        is_compared: before.is_some(),
    };
    fold::fold(&mut drawing);
    drawing
}

fn levels(content: &Content<'_>) -> Vec<LevelKey> {
    let ranks = pieces::ranks(content);
    let levels = content.acuity.iter().flat_map(|a| a.levels.iter().map(|l| (a.rank(l.id.value), l)));
    let keys = levels.map(|(rank, level)| LevelKey {
        label: level.label.value.to_owned(),
        urgency: Urgency { card: Some(level.card), rank: rank.unwrap_or(ranks), ranks },
    });
    keys.collect()
}
