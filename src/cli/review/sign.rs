//! Making signatures with the reviewer's own key, through `ssh-keygen -Y sign`, which knows passphrases, agents and hardware.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::cli::session::{Session, advised};
use crate::review::signature::{self, NAMESPACE};
use crate::review::{Somebody, key};

/// Who signs, with what, and what they want to say.
#[derive(clap::Args)]
pub(in crate::cli) struct By {
    /// Who signs: the id in reviews/reviewers.yaml
    #[arg(long = "as", value_name = "REVIEWER")]
    pub(in crate::cli) reviewer: String,
    /// In which role, for somebody who has several
    #[arg(long, value_name = "ROLE")]
    pub(in crate::cli) role: Option<String>,
    /// The key: a file, or `agent` for the ssh-agent
    #[arg(long, value_name = "FILE|agent")]
    pub(in crate::cli) key: String,
    /// What you want to say about it
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) comment: Option<String>,
    /// Do not ask
    #[arg(long)]
    pub(in crate::cli) yes: bool,
}

/// The key that signs.
#[derive(Clone, Debug)]
pub(in crate::cli) enum Signer {
    /// A private key file, or a public one whose private half an agent or a hardware key has.
    File(PathBuf),
    /// Whichever key of the person the ssh-agent has.
    Agent,
}

impl Signer {
    /// What `--key` says.
    pub(in crate::cli) fn of(session: &Session, text: &str) -> Self {
        if text == "agent" { Self::Agent } else { Self::File(session.path(Path::new(text))) }
    }

    /// Signs the bytes of a record or a release; the signature is held against the person's own keys before it is given back.
    pub(in crate::cli) fn sign(&self, payload: &[u8], person: &Somebody<'_>) -> Result<String> {
        let made = match self {
            Self::File(file) => {
                if !file.is_file() {
                    return Err(advised(
                        format!("there is no key file {}", file.display()),
                        "give the file of the private key, or `agent`",
                    ));
                }
                refuse_rsa(file)?;
                keygen(file, payload)?
            }
            Self::Agent => by_agent(payload, person)?,
        };
        let signature = signature::normal_form(&made)?;
        let id = person.person.id.value;
        match signature::verify(&signature, payload, &person.keys) {
            Ok(used) if person.entry(used).is_some_and(|entry| entry.status == crate::model::KeyStatus::Active) => Ok(signature),
            Ok(_) => Err(advised(format!("this key of {id} is no longer active"), "sign with the key that is")),
            Err(signature::SignatureTrouble::OtherKey) => Err(advised(
                format!("reviews/reviewers.yaml does not list this key for {id}"),
                "sign with a key that is listed there; `signpost review keys` shows them",
            )),
            Err(trouble) => Err(trouble.into()),
        }
    }
}

/// Says so before somebody types a passphrase in vain.
fn refuse_rsa(file: &Path) -> Result<()> {
    let public = if file.extension().is_some_and(|e| e == "pub") { file.to_owned() } else { append(file, ".pub") };
    let Ok(text) = std::fs::read_to_string(public) else { return Ok(()) };
    match key::read(text.trim()) {
        Err(trouble @ (key::KeyTrouble::Rsa | key::KeyTrouble::Unsupported(_))) => Err(advised(trouble.to_string(), trouble.advice())),
        _ => Ok(()),
    }
}

fn append(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// The first key of the person that the agent has.
fn by_agent(payload: &[u8], person: &Somebody<'_>) -> Result<String> {
    let mut said = None;
    for entry in &person.person.keys {
        let folder = Temporary::new()?;
        let file = folder.path.join("key.pub");
        std::fs::write(&file, format!("{}\n", entry.key.value)).with_context(|| format!("cannot write {}", file.display()))?;
        match keygen(&file, payload) {
            Ok(signature) => return Ok(signature),
            Err(error) => said = Some(error),
        }
    }
    let help = "add it with `ssh-add FILE`, or give the file with `--key FILE`";
    let id = person.person.id.value;
    let none = advised(format!("the ssh-agent has no key of {id}"), help);
    Err(said.map_or(none, |error| error.context(format!("the ssh-agent has no key of {id}; {help}"))))
}

/// `ssh-keygen -Y sign`: the passphrase and the touch are asked for on the terminal.
fn keygen(key: &Path, payload: &[u8]) -> Result<String> {
    let mut command = Command::new("ssh-keygen");
    command.args(["-Y", "sign", "-n", NAMESPACE, "-f"]).arg(key);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|_| {
        advised(
            "the program `ssh-keygen` is needed to sign and is not there",
            "install OpenSSH, or sign elsewhere and bring the signature in with `signpost review import`",
        )
    })?;
    if let Some(mut input) = child.stdin.take() {
        // A program that ended early says why on its own.
        let _ = input.write_all(payload);
    }
    let output = child.wait_with_output().context("ssh-keygen did not end as it should")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let lines: Vec<&str> =
            said.lines().map(str::trim).filter(|l| !l.is_empty() && !l.contains('@') && !l.starts_with("Signing")).collect();
        bail!("ssh-keygen did not sign with {}: {}", key.display(), lines.join(" "));
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// A folder that goes away again.
struct Temporary {
    path: PathBuf,
}

impl Temporary {
    fn new() -> Result<Self> {
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("the system gives no random numbers: {e}"))?;
        let name = bytes.iter().fold("signpost-".to_owned(), |name, byte| name + &format!("{byte:02x}"));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).with_context(|| format!("cannot make {}", path.display()))?;
        Ok(Self { path })
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}
