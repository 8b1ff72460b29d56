//! A pack's digest: what a record names to say which pack was read.
//!
//! It is the SHA-256 of the file with 64 zeros wherever the digest itself stands, so that the file can carry it and anybody can
//! work it out again with `sed` and `sha256sum`.

use crate::fingerprint;

/// What stands in place of the digest while it is worked out.
pub const OPEN: &str = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

/// What the digest follows in the file's head.
const MARK: &str = "<meta name=\"signpost-pack\" content=\"";

/// Why a file is not taken for a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unsealed {
    /// It says no digest.
    #[error("it is no review pack")]
    NoPack,
    /// It says another digest than it has.
    #[error("it is not as `signpost review pack` made it: its digest does not fit")]
    Altered,
}

/// Puts the digest in its places.
pub fn seal(page: &str) -> String {
    page.replace(OPEN, &fingerprint::digest(page.as_bytes()))
}

/// The digest of a pack that is as it was made.
///
/// # Errors
/// Where it is no pack, or was altered.
pub fn digest(page: &str) -> Result<&str, Unsealed> {
    let (_, rest) = page.split_once(MARK).ok_or(Unsealed::NoPack)?;
    let said = rest.split('"').next().filter(|d| d.len() == OPEN.len() && d.starts_with("sha256:")).ok_or(Unsealed::NoPack)?;
    let found = fingerprint::digest(page.replace(said, OPEN).as_bytes());
    if found == said { Ok(said) } else { Err(Unsealed::Altered) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_is_known_by_its_digest() {
        let page = seal(&format!("{MARK}{OPEN}\">\nIts digest is {OPEN}, not sha256:11."));
        let said = digest(&page).unwrap();
        assert_eq!(page.matches(said).count(), 2);
        assert_eq!(digest(&page.replace("not", "Not")), Err(Unsealed::Altered));
        assert_eq!(digest(&page.replace(said, OPEN)), Err(Unsealed::Altered));
        assert_eq!(digest("<p>"), Err(Unsealed::NoPack));
    }
}
