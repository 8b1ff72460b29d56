//! Keys: which can sign, and how they are named.
//!
//! RSA is refused: the library that checks such signatures leaks keys by its timing (RUSTSEC-2023-0071), and an ed25519 key is
//! made in a second.

use ssh_key::{Algorithm, EcdsaCurve, HashAlg, PublicKey};

/// Why a key cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyTrouble {
    /// An RSA key.
    #[error("an RSA key cannot be used")]
    Rsa,
    /// Another type that cannot be checked.
    #[error("keys of the type `{0}` cannot be used")]
    Unsupported(String),
    /// No key at all.
    #[error("this is no public key")]
    Malformed,
}

impl KeyTrouble {
    /// What to do about it.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Rsa | Self::Unsupported(_) => "make one with `ssh-keygen -t ed25519`, or `-t ed25519-sk` for a hardware key",
            Self::Malformed => "copy the type and the long word after it from the file that ends in `.pub`",
        }
    }
}

/// Reads a public key in OpenSSH's form: type, base64, perhaps a comment.
///
/// # Errors
/// Where it is none, or of a type that cannot be checked.
pub fn read(text: &str) -> Result<PublicKey, KeyTrouble> {
    let ty = text.split(' ').next().unwrap_or("");
    if ty.starts_with("ssh-rsa") || ty.starts_with("rsa-") {
        return Err(KeyTrouble::Rsa);
    }
    let key = PublicKey::from_openssh(text).map_err(|_| KeyTrouble::Malformed)?;
    match key.algorithm() {
        Algorithm::Ed25519 | Algorithm::Ecdsa { curve: EcdsaCurve::NistP256 } | Algorithm::SkEd25519 | Algorithm::SkEcdsaSha2NistP256 => {
            Ok(key)
        }
        Algorithm::Rsa { .. } => Err(KeyTrouble::Rsa),
        other => Err(KeyTrouble::Unsupported(other.as_str().to_owned())),
    }
}

/// The public halves of the keys that everybody has.
const DEMONSTRATION: &str = include_str!("../../tests/keys/public-halves.txt");

/// Whether everybody has the private half of this key.
pub fn is_demonstration(text: &str) -> bool {
    let word = |line: &str| line.split(' ').nth(1).map(str::to_owned);
    let key = word(text);
    key.is_some() && DEMONSTRATION.lines().any(|line| word(line) == key)
}

/// How `ssh-keygen -l` names a key: `SHA256:…`.
pub fn fingerprint(key: &PublicKey) -> String {
    key.fingerprint(HashAlg::Sha256).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_that_can_be_checked() {
        let key = read("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJX8lcj1F7dTk8FvxvHcdWfrw3r5tkmkhBQvwLEbJdzD").unwrap();
        assert!(fingerprint(&key).starts_with("SHA256:"));
        assert_eq!(read("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ"), Err(KeyTrouble::Rsa));
        assert_eq!(read("ssh-ed25519 AAAA"), Err(KeyTrouble::Malformed));
        assert_eq!(read(""), Err(KeyTrouble::Malformed));
    }
}
