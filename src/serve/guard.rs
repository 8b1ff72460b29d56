//! Which requests are answered: those of a person's browser on this machine that was given the address, and no others
//! (THREATS.md, T19).
//!
//! A hostile page open in the same browser can send requests to this machine, also under a host name of its own that leads here.
//! It knows no token, its requests name another host or origin, and the browser says that they cross sites.

/// What a request says of itself.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked<'r> {
    pub(super) method: &'r str,
    pub(super) path: &'r str,
    pub(super) host: Option<&'r str>,
    pub(super) origin: Option<&'r str>,
    /// `Sec-Fetch-Site` and `Sec-Fetch-Mode`, which pages cannot forge.
    pub(super) site: Option<&'r str>,
    pub(super) mode: Option<&'r str>,
}

/// Status and words of a refusal.
pub(super) type Refusal = (u16, &'static str);

/// The path below the token, or why nothing is answered.
pub(super) fn admit<'r>(asked: &Asked<'r>, port: u16, token: &str) -> Result<&'r str, Refusal> {
    let ours = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    if !asked.host.is_some_and(|host| ours.iter().any(|own| own == host)) {
        return Err((403, "This preview answers to 127.0.0.1 and localhost alone."));
    }
    if asked.origin.is_some_and(|origin| !ours.iter().any(|own| origin.strip_prefix("http://") == Some(own))) {
        return Err((403, "This preview answers no other site."));
    }
    if matches!(asked.site, Some("cross-site" | "same-site")) && asked.mode != Some("navigate") {
        return Err((403, "This preview answers no other site."));
    }
    if !matches!(asked.method, "GET" | "HEAD") {
        return Err((405, "This preview is for reading."));
    }
    let path = asked.path.split(['?', '#']).next().unwrap_or("");
    let (first, rest) = path.strip_prefix('/').unwrap_or(path).split_once('/').unwrap_or(("", ""));
    if !is_same(first, token) {
        return Err((403, "Open the address that `signpost serve` printed: it has a part that nobody can guess."));
    }
    Ok(rest)
}

/// Compares in a time that does not tell how much of it was right.
fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const FINE: Asked<'static> = Asked {
        method: "GET",
        path: "/t0k3n/topics/",
        host: Some("127.0.0.1:8111"),
        origin: None,
        site: Some("none"),
        mode: Some("navigate"),
    };

    fn status(asked: Asked<'_>) -> u16 {
        admit(&asked, 8111, "t0k3n").map_or_else(|(status, _)| status, |_| 200)
    }

    #[test]
    fn a_person_who_has_the_address_is_answered() {
        assert_eq!(admit(&FINE, 8111, "t0k3n"), Ok("topics/"));
        assert_eq!(admit(&Asked { path: "/t0k3n/?a=/b", ..FINE }, 8111, "t0k3n"), Ok(""));
        assert_eq!(status(Asked { host: Some("localhost:8111"), site: None, mode: None, ..FINE }), 200);
        // A link in another page, or in a mail, may lead here for somebody who has the address.
        assert_eq!(status(Asked { site: Some("cross-site"), ..FINE }), 200);
        assert_eq!(status(Asked { origin: Some("http://127.0.0.1:8111"), site: Some("same-origin"), mode: Some("cors"), ..FINE }), 200);
    }

    #[test]
    fn nobody_else_is() {
        assert_eq!(status(Asked { path: "/topics/", ..FINE }), 403);
        assert_eq!(status(Asked { path: "/t0k3m/topics/", ..FINE }), 403);
        assert_eq!(status(Asked { path: "/", ..FINE }), 403);
        assert_eq!(status(Asked { path: "*", ..FINE }), 403);
        assert_eq!(status(Asked { host: None, ..FINE }), 403);
        assert_eq!(status(Asked { host: Some("rebound.example:8111"), ..FINE }), 403);
        assert_eq!(status(Asked { host: Some("127.0.0.1:8112"), ..FINE }), 403);
        assert_eq!(status(Asked { origin: Some("https://hostile.example"), ..FINE }), 403);
        assert_eq!(status(Asked { origin: Some("null"), ..FINE }), 403);
        assert_eq!(status(Asked { site: Some("cross-site"), mode: Some("no-cors"), ..FINE }), 403);
        assert_eq!(status(Asked { method: "POST", ..FINE }), 405);
    }
}
