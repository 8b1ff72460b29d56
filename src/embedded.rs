//! Files that travel in the binary: schemas, templates, blueprints.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The text of an embedded file, by its path in its folder.
pub fn text(files: &'static [(&'static str, &'static [u8])], path: &str) -> Option<&'static str> {
    let index = files.binary_search_by(|(p, _)| (*p).cmp(path)).ok()?;
    std::str::from_utf8(files[index].1).ok()
}
