//! A key that cannot be used to sign.
//!
//! Signatures are checked without any other program, for ed25519 and ecdsa-p256 keys and their hardware forms. An RSA key is
//! refused: checking its signatures is open to an attack on its timing (RUSTSEC-2023-0071).
//!
//! ## Example
//! ```yaml
//! keys: [{key: ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7, status: active, since: 2026-11-21}]
//! ```
//!
//! ## Instead
//! Make a key with `ssh-keygen -t ed25519` (`-t ed25519-sk` for a hardware key) and write its public half:
//! ```yaml
//! keys: [{key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJX8lcj1F7dTk8FvxvHcdWfrw3r5tkmkhBQvwLEbJdzD, status: active, since: 2026-11-21}]
//! ```

use crate::check::{Check, Context, Rule, Sink};
use crate::diag::Finding;
use crate::diag::Severity;
use crate::review::key;

pub const RULE: Rule = Rule {
    code: "V012",
    name: "unusable-key",
    severity: Severity::Error,
    source: include_str!("v012_unusable_key.rs"),
    check: Check::Site(check),
};

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    for entry in site.content.reviewers.iter().flat_map(|r| &r.people).flat_map(|p| &p.keys) {
        if let Err(trouble) = key::read(entry.key.value) {
            sink.push(Finding::new("reviews/reviewers.yaml", entry.key.span, trouble.to_string()).help(trouble.advice()));
        }
    }
}
