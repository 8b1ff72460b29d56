//! Waiting until something in the repository changes.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::load::FOLDERS;

/// Editors write a file in several steps: what follows this soon belongs to the same save.
const QUIET: Duration = Duration::from_millis(15);

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

    /// Waits until something was saved, and nothing else follows at once; `false` where nothing more will come.
    pub fn wait(&mut self) -> bool {
        loop {
            let Ok(event) = self.events.recv() else { return false };
            let mut matters = self.matters(&event);
            while let Ok(event) = self.events.recv_timeout(QUIET) {
                matters |= self.matters(&event);
            }
            if matters {
                self.follow();
                return true;
            }
        }
    }

    /// Folders may have come since.
    fn follow(&mut self) {
        for folder in FOLDERS.map(|folder| self.root.join(folder)) {
            // One that is not there is no error: it decides nothing.
            let _ = self.watcher.watch(&folder, RecursiveMode::Recursive);
        }
    }

    fn matters(&self, event: &notify::Result<Event>) -> bool {
        // What the system could not tell may have been a change.
        let Ok(event) = event else { return true };
        let is_inside = |path: &PathBuf| {
            let inside = path.strip_prefix(&self.root).ok();
            inside.is_some_and(|inside| FOLDERS.iter().any(|folder| inside.starts_with(folder)))
        };
        !matches!(event.kind, EventKind::Access(_)) && (event.need_rescan() || event.paths.iter().any(is_inside))
    }
}
