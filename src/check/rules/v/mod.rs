//! Review: policy, people, keys and records.

mod v001_record_changed;
mod v002_record_misplaced;
mod v003_signature;
mod v004_unknown_reviewer;
mod v005_other_project;
mod v006_record_contradicts_itself;
mod v007_release_broken;
mod v010_unknown_role;
mod v011_nobody_approves;
mod v012_unusable_key;
mod v013_demonstration_key;
mod v014_person_twice;

use crate::check::{Context, Rule};
use crate::diag::Finding;

/// The rules of the family, by code.
pub const RULES: &[&Rule] = &[
    &v001_record_changed::RULE,
    &v002_record_misplaced::RULE,
    &v003_signature::RULE,
    &v004_unknown_reviewer::RULE,
    &v005_other_project::RULE,
    &v006_record_contradicts_itself::RULE,
    &v007_release_broken::RULE,
    &v010_unknown_role::RULE,
    &v011_nobody_approves::RULE,
    &v012_unusable_key::RULE,
    &v013_demonstration_key::RULE,
    &v014_person_twice::RULE,
];

/// A finding at the value of a record's key.
fn in_record(site: &Context<'_>, path: &str, key: &str, message: &str) -> Finding {
    let value = site.snapshot.file(path).and_then(|f| f.data()?.get(key));
    Finding::new(path, value.map(|v| v.span()).unwrap_or_default(), message)
}
