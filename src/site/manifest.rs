//! `build-manifest.json`: what was built, so that a folder can be told from what a revision gives, and a page from the items on it.
//!
//! Debts, approvals and fingerprints of what stands on a page come with reviews and releases.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::pages::Rendered;

/// Its name; also how a build knows a folder that it may replace.
pub(super) const FILE: &str = "build-manifest.json";

/// The pages, with the items on each.
pub(super) fn pages(rendered: &[Rendered]) -> Value {
    let pages = rendered.iter().map(|page| json!({"path": page.path, "items": page.items.iter().collect::<Vec<_>>()}));
    Value::Array(pages.collect())
}

/// The manifest itself.
pub(super) fn manifest(files: &[(String, Vec<u8>)], pages: Value, every_page: &[String]) -> Vec<u8> {
    use rayon::prelude::*;
    let files: Vec<Value> = files
        .par_iter()
        .map(|(path, bytes)| {
            let hash: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
            json!({"path": path, "sha256": hash, "bytes": bytes.len()})
        })
        .collect();
    let mut manifest = Map::new();
    manifest.insert("version".to_owned(), json!(1));
    manifest.insert("program".to_owned(), json!(concat!("signpost ", env!("CARGO_PKG_VERSION"))));
    manifest.insert("every_page".to_owned(), json!(every_page));
    manifest.insert("pages".to_owned(), pages);
    manifest.insert("files".to_owned(), Value::Array(files));
    let mut text = lines(&manifest);
    text.push('\n');
    text.into_bytes()
}

/// A line for each entry of the lists: a change of one page is a change of a few lines.
fn lines(manifest: &Map<String, Value>) -> String {
    let members = manifest.iter().map(|(name, value)| match value {
        Value::Array(items) if items.iter().any(Value::is_object) => {
            let items: Vec<String> = items.iter().map(|item| format!("    {item}")).collect();
            format!("  \"{name}\": [\n{}\n  ]", items.join(",\n"))
        }
        other => format!("  \"{name}\": {other}"),
    });
    format!("{{\n{}\n}}", members.collect::<Vec<_>>().join(",\n"))
}
