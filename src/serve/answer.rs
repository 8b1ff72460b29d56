//! A request → a response: a page or file of the site, the list of findings, or that something changed.

use tiny_http::{Header, Request, Response};

use super::guard::{Asked, admit};
use super::{Preview, Shown, page};

/// What the preview itself serves lies in a folder that no item can have the name of.
const OWN: &str = "-/";

/// A response before it is sent.
struct Answer {
    status: u16,
    kind: &'static str,
    body: Vec<u8>,
    location: Option<String>,
}

impl Answer {
    fn of(status: u16, kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, kind, body: body.into(), location: None }
    }
}

/// Answers one request; that the browser has gone away is no error.
pub(super) fn answer(preview: &Preview, request: Request) {
    let header = |name: &'static str| request.headers().iter().find(|h| h.field.equiv(name)).map(|h| h.value.as_str());
    let asked = Asked {
        method: request.method().as_str(),
        path: request.url(),
        host: header("Host"),
        origin: header("Origin"),
        site: header("Sec-Fetch-Site"),
        mode: header("Sec-Fetch-Mode"),
    };
    let answer = match admit(&asked, preview.port, &preview.token) {
        Ok(path) => of_path(preview, path, request.url()),
        Err((status, words)) => Answer::of(status, "text/plain; charset=utf-8", words),
    };
    let mut response = Response::from_data(answer.body).with_status_code(answer.status);
    let location = answer.location.as_deref().map(|to| ("Location", to));
    let headers = [
        ("Content-Type", answer.kind),
        // What changes with every save is kept nowhere, and shown in no other site's frame.
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ];
    for header in headers.into_iter().chain(location).filter_map(|(name, value)| Header::from_bytes(name, value).ok()) {
        response.add_header(header);
    }
    let _ = request.respond(response);
}

fn of_path(preview: &Preview, path: &str, url: &str) -> Answer {
    match path.strip_prefix(OWN) {
        Some("changes") => {
            let seen = url.split_once("?seen=").and_then(|(_, n)| n.parse().ok()).unwrap_or(0);
            Answer::of(200, "text/plain; charset=utf-8", preview.wait(seen).to_string())
        }
        Some("reload.js") => Answer::of(200, "text/javascript; charset=utf-8", page::SCRIPT),
        Some("preview.css") => Answer::of(200, "text/css; charset=utf-8", page::STYLE),
        Some("findings/") => Answer::of(200, "text/html; charset=utf-8", page::findings(&preview.shown(), &preview.token)),
        _ => of_site(&preview.shown(), path, &preview.token),
    }
}

fn of_site(shown: &Shown, path: &str, token: &str) -> Answer {
    let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    if let Some(bytes) = shown.files.get(&file) {
        return found(shown, token, 200, &file, bytes);
    }
    if shown.files.contains_key(&format!("{path}/index.html")) {
        // The links of a page are relative to its folder.
        let location = Some(format!("/{token}/{path}/"));
        return Answer { location, ..Answer::of(301, "text/plain; charset=utf-8", "") };
    }
    match shown.files.get("404.html") {
        Some(bytes) => found(shown, token, 404, "404.html", bytes),
        // Nothing could be built yet: what is wrong is all that there is to show.
        None => Answer::of(404, "text/html; charset=utf-8", page::findings(shown, token)),
    }
}

fn found(shown: &Shown, token: &str, status: u16, file: &str, bytes: &[u8]) -> Answer {
    let kind = content_type(file);
    let body =
        std::str::from_utf8(bytes).ok().filter(|_| kind.starts_with("text/html")).map(|html| page::with_findings(shown, token, html));
    Answer::of(status, kind, body.map_or_else(|| bytes.to_vec(), String::into_bytes))
}

fn content_type(file: &str) -> &'static str {
    match file.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
