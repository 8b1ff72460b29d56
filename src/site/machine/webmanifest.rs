//! The web manifest: the name and the pictures under which a telephone keeps the site.

use serde_json::{Value, json};

use crate::site::shared::Shared;

/// Pictures, with their sizes and what they are for: a telephone cuts its own shape out of one that is `maskable`. One of the
/// repository's own of the same name takes its place.
const ICONS: [(&str, &str, &str, &str); 4] = [
    ("favicon.svg", "any", "image/svg+xml", "any"),
    ("icon-192.png", "192x192", "image/png", "any"),
    ("icon-512.png", "512x512", "image/png", "any"),
    ("icon-maskable.png", "512x512", "image/png", "maskable"),
];

/// The file. What it names is relative to it, so that it does in a sub-folder too.
pub(super) fn file(shared: &Shared<'_, '_>) -> Vec<u8> {
    let site = shared.facts.site;
    let locale = &shared.skin(None).locale;
    let icons = ICONS.iter().filter_map(|(name, sizes, ty, purpose)| {
        let path = shared.theme.assets.path(name)?;
        Some(json!({"src": path, "sizes": sizes, "type": ty, "purpose": purpose}))
    });
    let manifest = json!({
        "name": site.name.value,
        "id": "./",
        "start_url": "./",
        "scope": "./",
        // With the browser's own way back: there is no other on most pages.
        "display": "minimal-ui",
        "lang": locale.language,
        "dir": locale.direction(),
        "background_color": "#ffffff",
        "icons": icons.collect::<Vec<Value>>(),
    });
    format!("{manifest:#}\n").into_bytes()
}
