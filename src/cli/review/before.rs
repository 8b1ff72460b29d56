//! The tree as it was when an item was last approved: as it is now, but for the item and what it embeds.

use std::collections::BTreeMap;

use super::docket::Docket;
use crate::load::{File, Snapshot};
use crate::model::Identity;
use crate::review::Judgement;

/// The tree that the item's last approval was about. Where a version is not to be found any more, or where nothing was approved,
/// the item is not there: all of it is shown.
pub(super) fn approved(docket: &Docket<'_>, judgement: &Judgement) -> Snapshot {
    let mut was: BTreeMap<&str, &str> = judgement.from.as_deref().map(|print| (judgement.id.as_str(), print)).into_iter().collect();
    was.extend(
        judgement.from_dependencies.iter().filter(|(_, print)| print.starts_with("sha256:")).map(|(id, p)| (id.as_str(), p.as_str())),
    );
    let is_replaced = |file: &File| {
        let id = Identity::of(&file.path).id();
        id.is_some_and(|id| id == judgement.id || was.contains_key(id.as_str()))
    };
    let kept = docket.snapshot.files.iter().filter(|file| file.refusal.is_none() && !is_replaced(file));
    let before = was.iter().filter_map(|(id, print)| docket.court.past.version(id, print));
    Snapshot::from_files(kept.cloned().chain(before))
}
