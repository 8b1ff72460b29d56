//! Sign-off: what a clinician signs, whether the signature counts, and what an item still lacks (REVIEW.md).
//!
//! Pure: records, policy, people, fingerprints and the facts of git go in; states, what is missing and debts come out. Nothing is
//! stored, everything is worked out from signed records each time. Does not read files, ask git, know the clock, or make
//! signatures: `load` and `cli` do.

mod class;
mod court;
mod depends;
mod gate;
mod items;
pub mod key;
mod ledger;
mod lineage;
mod losses;
mod matching;
mod past;
mod people;
mod policy;
mod published;
mod record;
mod release;
pub mod signature;
mod sitting;
mod status;
mod surroundings;
mod suspension;
mod votes;

pub use class::Change;
pub use court::Court;
pub use depends::Embeds;
pub use gate::{Objection, against};
pub use items::{Items, Reviewed};
pub use ledger::{Entry, Fault, Ledger, faults};
pub use matching::{Missing, fill};
pub use past::{Past, Versions};
pub use people::{People, Somebody};
pub use policy::{applies, scope_fits};
pub use published::{Approval, Published, Signed};
pub use record::Draft;
pub use release::{ReleaseDraft, ReleaseEntry, Releases, Signing, Statement};
pub use status::{Debt, Judgement, State};
pub use suspension::{Suspension, Suspensions};
pub use votes::{Vote, Votes};
