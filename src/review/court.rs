//! Everything that judging needs, and who is judged with whom.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rayon::prelude::*;

use super::depends::Embeds;
use super::items::Items;
use super::past::Past;
use super::people::People;
use super::sitting::Sitting;
use super::status::Judgement;
use super::votes::Votes;
use crate::model::{Content, Policy, Status};

/// Everything that judging needs.
pub struct Court<'c> {
    /// The trusted policy.
    pub policy: &'c Policy<'c>,
    /// The trusted people.
    pub people: &'c People<'c>,
    /// The records that count.
    pub votes: &'c Votes<'c>,
    /// The items that are judged.
    pub items: &'c Items<'c>,
    /// Their content.
    pub content: &'c Content<'c>,
    /// What they embed.
    pub embeds: &'c Embeds,
    /// The items of the trusted revision.
    pub trusted: Option<&'c Items<'c>>,
    /// Earlier versions.
    pub past: &'c (dyn Past + Sync),
    /// The moment that dates are held against.
    pub now: Timestamp,
}

impl Court<'_> {
    /// The items that have to be approved: those that are live here or in the trusted revision.
    pub fn subjects(&self) -> Vec<String> {
        let live = |items: &Items<'_>| items.by_id.values().filter(|i| i.is_live()).map(|i| i.id.clone()).collect::<BTreeSet<_>>();
        let mut ids = live(self.items);
        ids.extend(self.trusted.map(live).unwrap_or_default());
        ids.extend(self.items.by_id.values().filter(|i| i.status == Status::Retired).map(|i| i.id.clone()));
        ids.into_iter().collect()
    }

    /// The judgement of one item.
    pub fn judge(&self, id: &str) -> Judgement {
        Sitting::new(self).judge(id)
    }

    /// The judgements of these items, in their order. What embeds nothing of each other is judged at the same time.
    pub fn judge_all(&self, ids: &[String]) -> Vec<Judgement> {
        let together = self.embeds.together(ids);
        let judged = together.into_par_iter().flat_map_iter(|places| {
            let sitting = Sitting::new(self);
            places.into_iter().map(|place| (place, sitting.judge(&ids[place]))).collect::<Vec<_>>()
        });
        let mut judged: Vec<(usize, Judgement)> = judged.collect();
        judged.sort_by_key(|(place, _)| *place);
        judged.into_iter().map(|(_, judgement)| judgement).collect()
    }
}
