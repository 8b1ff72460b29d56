//! `check --baseline`: findings that a file lists as known, for those who adopt Signpost on old content.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::session::advised;
use crate::diag::Finding;

/// Families that can be listed: wording, dates, signposting. What is broken cannot be.
const LISTED: [char; 3] = ['W', 'D', 'P'];

/// The part of the JSON of `check` that tells findings apart; lines move, so they are not among it.
#[derive(Debug, Deserialize)]
struct Document {
    findings: Vec<Known>,
}

#[derive(Debug, Deserialize, PartialEq, Eq, Hash)]
struct Known {
    code: String,
    file: String,
    #[serde(default)]
    item: Option<String>,
    message: String,
}

/// Findings that are known already, each as often as it is listed.
pub(super) struct Baseline {
    known: HashMap<Known, usize>,
}

impl Baseline {
    /// Reads the file.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let shown = path.display();
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read the baseline {shown}"))?;
        let document: Document = serde_json::from_str(&text).map_err(|error| {
            advised(
                format!("{shown} is no baseline: {error}"),
                "`signpost check --format json` prints one; keep its findings of families W, D and P",
            )
        })?;
        let mut known = HashMap::new();
        for entry in document.findings {
            if !entry.code.starts_with(LISTED) {
                return Err(advised(
                    format!(
                        "the baseline {shown} lists {} in {}, which cannot be known and left: {}",
                        entry.code, entry.file, entry.message
                    ),
                    "only findings of the families W (wording), D (dates) and P (signposting) can be listed; put it right and take it out of the list",
                ));
            }
            *known.entry(entry).or_insert(0) += 1;
        }
        Ok(Self { known })
    }

    /// Marks the findings that are known and gives the number of listed ones that are no longer found.
    pub(super) fn mark(mut self, findings: &mut [Finding]) -> usize {
        for finding in findings {
            let key = Known {
                code: finding.code.to_owned(),
                file: finding.place.file.clone(),
                item: finding.item.clone(),
                message: finding.message.clone(),
            };
            if let Some(left) = self.known.get_mut(&key).filter(|left| **left > 0) {
                *left -= 1;
                finding.is_known = true;
            }
        }
        self.known.values().sum()
    }
}
