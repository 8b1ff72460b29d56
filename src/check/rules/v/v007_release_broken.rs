//! A signature under a release that counts for nothing.
//!
//! Each file in `reviews/releases/` is one person's signature under a release as a whole. The last signed release is where trust
//! begins: what came after it is verified step by step. A file that was edited, renamed, signed by nobody whom
//! `reviewers.yaml` knows, or signed for another repository is no such signature, and somebody may take it for one.
//!
//! ## Example
//! ```yaml
//! program: "signpost 0.4.0"  # was 0.3.0
//! ```
//!
//! ## Instead
//! Take the file back from git as it was: `git checkout -- FILE`. To release something else, sign again:
//! `signpost release sign`.

use crate::check::{Check, Context, Rule, Sink};
use crate::diag::{Finding, Severity};
use crate::review::{Fault, People, Releases};

pub const RULE: Rule = Rule {
    code: "V007",
    name: "release-broken",
    severity: Severity::Error,
    source: include_str!("v007_release_broken.rs"),
    check: Check::Site(check),
};

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    let releases = Releases::of(site.snapshot);
    let people = People::of(site.content.reviewers.as_ref());
    let project = site.content.policy.as_ref().map(|p| p.project.value);
    let held = releases.entries.iter().filter_map(|entry| Some((entry.path.clone(), entry.held(project, &people).err()?)));
    let faults: Vec<(String, Fault)> = releases.faults.iter().cloned().chain(held).collect();
    // What is no release by its form is found out by the schema.
    sink.extend(faults.into_iter().filter(|(_, fault)| *fault != Fault::Malformed).map(|(path, fault)| {
        let value = site.snapshot.file(&path).and_then(|f| f.data()?.get("release"));
        let says = fault.to_string().replace("this record", "this signature under a release");
        Finding::new(&path, value.map(|v| v.span()).unwrap_or_default(), says)
            .help("take the file back from git as it was; to release something else, sign again with `signpost release sign`")
    }));
}
