//! Signatures in the form of `ssh-keygen -Y sign` (SSHSIG), checked without any other program.
//!
//! Only the one way of writing a signature counts, so that no byte of a record can be changed unnoticed. A hardware key says
//! whether somebody touched it: without the touch a program could have signed alone.

use base64ct::{Base64, Encoding as _};
use ssh_key::{Algorithm, LineEnding, PublicKey, SshSig};

/// What our signatures are for; no signature made for something else counts here.
pub const NAMESPACE: &str = "signpost-review@v1";

/// Why a signature does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureTrouble {
    /// No signature in the form of SSHSIG.
    #[error("this is no signature of `ssh-keygen -Y sign`")]
    Malformed,
    /// Not written the way in which the program writes signatures.
    #[error("the signature was written otherwise than `signpost` writes it")]
    Altered,
    /// Made for something else.
    #[error("the signature was made for something else than a review")]
    Namespace,
    /// By a key that is not the reviewer's.
    #[error("the signature is by a key that is not the reviewer's")]
    OtherKey,
    /// Not over these bytes.
    #[error("the signature does not fit what is written here")]
    Wrong,
    /// By a hardware key that nobody touched.
    #[error("nobody touched the hardware key when it signed")]
    Untouched,
}

/// The bit of a hardware signature that says that somebody was there.
const TOUCHED: u8 = 0x01;

/// What follows a hardware key's signature: a byte of flags and a counter of four.
const TRAILER: usize = 5;

/// How long the lines of a signature are.
const LINE: usize = 70;

/// A signature as the program writes it, however its lines were broken.
///
/// # Errors
/// Where it is none.
pub fn normal_form(armoured: &str) -> Result<String, SignatureTrouble> {
    let text = armoured.replace("\r\n", "\n");
    write(&SshSig::from_pem(text.trim_end()).map_err(|_| SignatureTrouble::Malformed)?)
}

fn write(signature: &SshSig) -> Result<String, SignatureTrouble> {
    if signature.algorithm() == Algorithm::SkEcdsaSha2NistP256 {
        return hardware_ecdsa(signature).ok_or(SignatureTrouble::Malformed);
    }
    let text = signature.to_pem(LineEnding::LF).map_err(|_| SignatureTrouble::Malformed)?;
    Ok(format!("{}\n", text.trim_end()))
}

/// A signature of form ecdsa-sk, which the library reads and cannot write: OpenSSH's PROTOCOL.sshsig, and PROTOCOL.u2f for
/// the flags and the counter, which stand behind the signature proper and not in it.
fn hardware_ecdsa(signature: &SshSig) -> Option<String> {
    fn string(out: &mut Vec<u8>, bytes: &[u8]) -> Option<()> {
        out.extend(u32::try_from(bytes.len()).ok()?.to_be_bytes());
        out.extend(bytes);
        Some(())
    }
    let data = signature.signature_bytes();
    let (own, trailer) = data.split_at_checked(data.len().checked_sub(TRAILER)?)?;
    let mut inner = Vec::new();
    string(&mut inner, signature.algorithm().as_str().as_bytes())?;
    string(&mut inner, own)?;
    inner.extend(trailer);
    let mut all = [b"SSHSIG".as_slice(), &1_u32.to_be_bytes()].concat();
    string(&mut all, &PublicKey::from(signature.public_key().clone()).to_bytes().ok()?)?;
    string(&mut all, signature.namespace().as_bytes())?;
    string(&mut all, signature.reserved())?;
    string(&mut all, signature.hash_alg().as_str().as_bytes())?;
    string(&mut all, &inner)?;
    let coded = Base64::encode_string(&all);
    let lines: Vec<&str> = coded.as_bytes().chunks(LINE).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    Some(format!("-----BEGIN SSH SIGNATURE-----\n{}\n-----END SSH SIGNATURE-----\n", lines.join("\n")))
}

/// Which of these keys signed these bytes.
///
/// # Errors
/// Where none of them did, or not in a way that counts.
pub fn verify<'k>(armoured: &str, bytes: &[u8], keys: &'k [PublicKey]) -> Result<&'k PublicKey, SignatureTrouble> {
    let signature = SshSig::from_pem(armoured.trim_end()).map_err(|_| SignatureTrouble::Malformed)?;
    if write(&signature)? != armoured {
        return Err(SignatureTrouble::Altered);
    }
    if signature.namespace() != NAMESPACE || !signature.reserved().is_empty() {
        return Err(SignatureTrouble::Namespace);
    }
    let key = keys.iter().find(|k| k.key_data() == signature.public_key()).ok_or(SignatureTrouble::OtherKey)?;
    key.verify(NAMESPACE, bytes, &signature).map_err(|_| SignatureTrouble::Wrong)?;
    if matches!(key.algorithm(), Algorithm::SkEd25519 | Algorithm::SkEcdsaSha2NistP256) {
        let data = signature.signature_bytes();
        let flags = data.len().checked_sub(TRAILER).and_then(|at| data.get(at)).copied().unwrap_or(0);
        if flags & TOUCHED == 0 {
            return Err(SignatureTrouble::Untouched);
        }
    }
    Ok(key)
}

/// The public key that a signature names as its own.
pub fn signer(armoured: &str) -> Option<PublicKey> {
    SshSig::from_pem(armoured.trim_end()).ok().map(|s| PublicKey::from(s.public_key().clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fingerprint::digest;
    use ssh_key::private::KeypairData;
    use ssh_key::public::{EcdsaPublicKey, KeyData, SkEcdsaSha2NistP256, SkEd25519};
    use ssh_key::{HashAlg, PrivateKey, Signature, SigningKey};
    use std::process::Command;

    const KEY: &str = include_str!("../../tests/keys/demonstration-content-lead");

    fn raw<S: SigningKey>(key: &S, bytes: &[u8]) -> Vec<u8> {
        key.try_sign(bytes).unwrap().as_bytes().to_vec()
    }

    fn sha256(bytes: &[u8]) -> Vec<u8> {
        let hex = digest(bytes);
        let hex = hex.trim_start_matches("sha256:");
        (0..32).map(|n| u8::from_str_radix(&hex[2 * n..2 * n + 2], 16).unwrap()).collect()
    }

    /// What a hardware key would give: it signs the application, its flags, a counter and the hash of the bytes.
    fn hardware(flags: u8) -> (String, Vec<PublicKey>) {
        let key = PrivateKey::from_openssh(KEY).unwrap();
        let KeypairData::Ed25519(pair) = key.key_data() else { panic!() };
        let bytes = SshSig::signed_data(NAMESPACE, HashAlg::Sha512, b"payload").unwrap();
        let trailer = [flags, 0, 0, 0, 7];
        let signed = [sha256(b"ssh:").as_slice(), &trailer, &sha256(&bytes)].concat();
        let data = [raw(&key, &signed).as_slice(), &trailer].concat();
        let public = KeyData::SkEd25519(SkEd25519::new(pair.public, "ssh:"));
        let signature = Signature::new(Algorithm::SkEd25519, data).unwrap();
        let signature = SshSig::new(public.clone(), NAMESPACE, HashAlg::Sha512, signature).unwrap();
        (write(&signature).unwrap(), vec![PublicKey::from(public)])
    }

    #[test]
    fn a_hardware_key_has_to_be_touched() {
        let (text, keys) = hardware(0x01);
        assert!(verify(&text, b"payload", &keys).is_ok());
        assert_eq!(verify(&text, b"other", &keys), Err(SignatureTrouble::Wrong));
        for flags in [0x00, 0x04] {
            let (text, keys) = hardware(flags);
            assert_eq!(verify(&text, b"payload", &keys), Err(SignatureTrouble::Untouched));
        }
    }

    /// The other form of hardware key, held against OpenSSH itself, which needs no hardware to verify.
    #[test]
    fn a_hardware_key_of_form_ecdsa_is_read_as_openssh_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let made = Command::new("ssh-keygen").args(["-q", "-t", "ecdsa", "-b", "256", "-N", "", "-f"]).arg(&path).status();
        if !made.is_ok_and(|status| status.success()) {
            println!("skipped: there is no ssh-keygen");
            return;
        }
        let key = PrivateKey::from_openssh(std::fs::read(&path).unwrap()).unwrap();
        let KeyData::Ecdsa(EcdsaPublicKey::NistP256(point)) = key.public_key().key_data() else { panic!() };
        let public = PublicKey::from(KeyData::SkEcdsaSha2NistP256(SkEcdsaSha2NistP256::new(point.to_owned(), "ssh:")));
        let signed = |flags: u8| {
            let bytes = SshSig::signed_data(NAMESPACE, HashAlg::Sha512, b"payload").unwrap();
            let trailer = [flags, 0, 0, 0, 7];
            let own = [sha256(b"ssh:").as_slice(), &trailer, &sha256(&bytes)].concat();
            let signature = Signature::new(Algorithm::SkEcdsaSha2NistP256, [raw(&key, &own).as_slice(), &trailer].concat()).unwrap();
            write(&SshSig::new(public.key_data().clone(), NAMESPACE, HashAlg::Sha512, signature).unwrap()).unwrap()
        };
        let (good, keys) = (signed(0x01), [public.clone()]);
        assert!(verify(&good, b"payload", &keys).is_ok());
        assert_eq!(normal_form(&good.replace('\n', "\r\n")).as_ref(), Ok(&good));
        assert_eq!(verify(&good, b"other", &keys), Err(SignatureTrouble::Wrong));
        assert_eq!(verify(&signed(0x00), b"payload", &keys), Err(SignatureTrouble::Untouched));
        std::fs::write(folder.path().join("signature"), &good).unwrap();
        std::fs::write(folder.path().join("allowed"), format!("somebody {}\n", public.to_openssh().unwrap())).unwrap();
        let elsewhere = |payload: &str| {
            let verify = format!("printf {payload} | ssh-keygen -Y verify -f allowed -I somebody -n {NAMESPACE} -s signature");
            Command::new("sh").args(["-c", &verify]).current_dir(folder.path()).output().unwrap().status.success()
        };
        assert!(elsewhere("payload") && !elsewhere("other"));
    }

    #[test]
    fn only_our_own_kind_of_signature_counts() {
        let key = PrivateKey::from_openssh(KEY).unwrap();
        let keys = [key.public_key().clone()];
        let sign = |namespace: &str| write(&key.sign(namespace, HashAlg::Sha512, b"payload").unwrap()).unwrap();
        let good = sign(NAMESPACE);
        assert!(verify(&good, b"payload", &keys).is_ok());
        assert_eq!(verify(&sign("git"), b"payload", &keys), Err(SignatureTrouble::Namespace));
        assert_eq!(verify(&good, b"payload", &[]), Err(SignatureTrouble::OtherKey));
        assert_eq!(verify("", b"payload", &keys), Err(SignatureTrouble::Malformed));
        // The same signature in other lines.
        let joined = good.lines().collect::<Vec<_>>();
        let body = joined[1..joined.len() - 1].concat();
        let other = format!("{}\n{body}\n{}\n", joined[0], joined[joined.len() - 1]);
        assert!(verify(&other, b"payload", &keys).is_err());
        assert_eq!(normal_form(&good.replace('\n', "\r\n")), Ok(good));
    }
}
