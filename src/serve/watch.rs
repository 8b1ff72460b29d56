//! Waiting until something in the repository changes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::load::FOLDERS;

/// Editors write a file in several steps: what follows this soon belongs to the same save.
const QUIET: Duration = Duration::from_millis(15);

/// What was saved.
#[derive(Debug, Default)]
pub struct Saved {
    /// Paths of the repository, with `/`, at which something came, went or changed.
    pub paths: BTreeSet<String>,
    /// Something else may have changed too: the system could not tell.
    pub is_unsure: bool,
}

/// How waiting ended.
#[derive(Debug)]
pub enum Wait {
    /// Something was saved.
    Saved(Saved),
    /// Nothing was, for as long as was asked for.
    Quiet,
    /// Nothing more will come.
    Over,
}

/// Watches the folders that decide what the public sees.
pub struct Watch {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    root: PathBuf,
}

impl Watch {
    /// Begins to watch the content repository at `root`.
    ///
    /// # Errors
    /// Where the system cannot watch files.
    pub fn of(root: &Path) -> notify::Result<Self> {
        let (to, events) = channel();
        let watcher = notify::recommended_watcher(to)?;
        let mut watch = Self { watcher, events, root: root.to_owned() };
        // The root too: a folder that is not there yet may come.
        watch.watcher.watch(root, RecursiveMode::NonRecursive)?;
        watch.follow();
        Ok(watch)
    }

    /// Waits until something was saved, and nothing else follows at once.
    pub fn wait(&mut self) -> Wait {
        loop {
            match self.wait_at_most(Duration::from_secs(3600)) {
                Wait::Quiet => {}
                end => return end,
            }
        }
    }

    /// The same, for so long at most.
    pub fn wait_at_most(&mut self, limit: Duration) -> Wait {
        let mut saved = Saved::default();
        match self.events.recv_timeout(limit) {
            Ok(event) => self.take(event, &mut saved),
            Err(RecvTimeoutError::Timeout) => return Wait::Quiet,
            Err(RecvTimeoutError::Disconnected) => return Wait::Over,
        }
        while let Ok(event) = self.events.recv_timeout(QUIET) {
            self.take(event, &mut saved);
        }
        if saved.paths.is_empty() && !saved.is_unsure {
            return Wait::Quiet;
        }
        self.follow();
        Wait::Saved(saved)
    }

    /// Folders may have come since.
    fn follow(&mut self) {
        for folder in FOLDERS.map(|folder| self.root.join(folder)) {
            // One that is not there is no error: it decides nothing.
            let _ = self.watcher.watch(&folder, RecursiveMode::Recursive);
        }
    }

    fn take(&self, event: notify::Result<Event>, saved: &mut Saved) {
        let Ok(event) = event else {
            saved.is_unsure = true;
            return;
        };
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        saved.is_unsure |= event.need_rescan();
        for path in event.paths {
            let Ok(inside) = path.strip_prefix(&self.root) else { continue };
            if !FOLDERS.iter().any(|folder| inside.starts_with(folder)) {
                continue;
            }
            let parts: Option<Vec<&str>> = inside.iter().map(|part| part.to_str()).collect();
            match parts {
                Some(parts) => drop(saved.paths.insert(parts.join("/"))),
                None => saved.is_unsure = true,
            }
        }
    }
}
