//! The live preview: the site as it would be built, in memory, served to a browser on this machine alone.
//!
//! - [`Preview`]: what is shown now, and who waits for it to change;
//! - `guard`: which requests are answered at all (THREATS.md, T19);
//! - `answer`: a request → a response;
//! - `page`: what the preview adds to a page, and the list of findings;
//! - [`watch`]: waits until something in the repository changes.
//!
//! Knows nothing of content or checks: whoever starts it says how a [`Turn`] is made.

mod answer;
mod guard;
mod page;
pub mod watch;

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::diag::Severity;

/// How long a browser's question whether anything changed is kept open.
const PATIENCE: Duration = Duration::from_secs(20);

/// A finding as it is shown over the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The file, and the line from 1.
    pub place: String,
    /// The finding with its excerpt, as a terminal shows it.
    pub text: String,
}

/// Files by path.
pub type Files = HashMap<String, Arc<Vec<u8>>>;

/// What came of reading, checking and rendering the repository once.
#[derive(Debug, Default)]
pub struct Turn {
    /// The site's files.
    pub files: Change,
    /// What is wrong, the gravest first.
    pub findings: Vec<Arc<Told>>,
    /// Why there are no files beyond what the findings say.
    pub failure: Option<String>,
}

/// What becomes of the files that are shown.
#[derive(Debug, Default)]
pub enum Change {
    /// There are no newer ones, so that the last good ones stay.
    #[default]
    None,
    /// These take the place of those of the same path.
    Some(Files),
    /// These take the place of all.
    Whole(Files),
}

/// What browsers are shown.
#[derive(Debug, Default)]
struct Shown {
    version: u64,
    files: Files,
    findings: Vec<Arc<Told>>,
    failure: Option<String>,
    /// The files are older than the findings: there was no newer site.
    is_old: bool,
}

/// What is shown now.
#[derive(Debug)]
pub struct Preview {
    /// The part of every address that another page in the same browser cannot guess.
    token: String,
    port: u16,
    shown: Mutex<Shown>,
    changed: Condvar,
}

impl Preview {
    /// Shows the outcome of a turn; whoever waits is told.
    pub fn show(&self, turn: Turn) {
        let mut shown = self.shown();
        shown.version += 1;
        shown.is_old = matches!(turn.files, Change::None);
        match turn.files {
            Change::None => {}
            Change::Some(files) => shown.files.extend(files),
            Change::Whole(files) => shown.files = files,
        }
        (shown.findings, shown.failure) = (turn.findings, turn.failure);
        drop(shown);
        self.changed.notify_all();
    }

    /// Where a browser finds it.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.port, self.token)
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        // A thread that failed left nothing half-written.
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The version that is shown, once it is another than `seen` or patience is at its end.
    fn wait(&self, seen: u64) -> u64 {
        let waiting = self.changed.wait_timeout_while(self.shown(), PATIENCE, |shown| shown.version == seen);
        waiting.map_or_else(|poisoned| poisoned.into_inner().0.version, |(shown, _)| shown.version)
    }
}

/// Listens on this machine alone; `port` 0 takes a free one. Requests are answered by threads of their own from now on.
///
/// # Errors
/// Where the port is taken.
pub fn start(port: u16, token: String) -> io::Result<Arc<Preview>> {
    let server = tiny_http::Server::http(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).map_err(io::Error::other)?;
    let port = server.server_addr().to_ip().map_or(port, |address| address.port());
    let preview = Arc::new(Preview { token, port, shown: Mutex::default(), changed: Condvar::new() });
    let shared = Arc::clone(&preview);
    thread::spawn(move || {
        for request in server.incoming_requests() {
            let preview = Arc::clone(&shared);
            // A browser that waits for a change must not keep the others waiting.
            thread::spawn(move || answer::answer(&preview, request));
        }
    });
    Ok(preview)
}
