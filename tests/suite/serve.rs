//! The live preview: the built binary, a repository, and requests as browsers and hostile pages send them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use super::rules::BASE;

/// A preview of a small repository, stopped when it goes out of scope.
struct Preview {
    dir: TempDir,
    process: Child,
    said: BufReader<std::process::ChildStderr>,
    port: String,
    token: String,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Preview {
    fn start(more: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in BASE.iter().chain(more) {
            write(dir.path(), path, text);
        }
        let mut process = Command::new(env!("CARGO_BIN_EXE_signpost"))
            .args(["serve", "--port", "0", "--now", "2026-11-21"])
            .current_dir(dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let rest = address.trim().strip_prefix("http://127.0.0.1:").unwrap_or_else(|| panic!("no address: {address}"));
        let (port, token) = rest.trim_end_matches('/').split_once('/').unwrap();
        let (port, token) = (port.to_owned(), token.to_owned());
        let mut preview = Self { dir, said: BufReader::new(process.stderr.take().unwrap()), process, port, token };
        preview.says("built");
        preview
    }

    /// Waits for a line of the program that holds these words.
    fn says(&mut self, words: &str) -> String {
        for line in self.said.by_ref().lines() {
            let line = line.unwrap();
            if line.contains(words) {
                return line;
            }
        }
        panic!("it never said {words}");
    }

    fn save(&self, path: &str, text: &str) {
        write(self.dir.path(), path, text);
    }

    /// Sends a request as it stands, and returns the status and the whole response.
    fn send(&self, method: &str, path: &str, headers: &[&str]) -> (u16, String) {
        let mut stream = TcpStream::connect(format!("127.0.0.1:{}", self.port)).unwrap();
        let headers: String = headers.iter().map(|h| format!("{h}\r\n")).collect();
        write!(stream, "{method} {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        let status = response.split(' ').nth(1).unwrap().parse().unwrap();
        (status, response.replace("&#x2f;", "/"))
    }

    fn host(&self) -> String {
        format!("Host: 127.0.0.1:{}", self.port)
    }

    fn get(&self, path: &str) -> (u16, String) {
        self.send("GET", &format!("/{}/{path}", self.token), &[&self.host()])
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

const TOPIC: (&str, &str) = ("content/topics/rest.md", "---\ntitle: Rest\nsummary: How to rest.\n---\nLie down.\n");

#[test]
fn the_page_follows_what_is_saved_and_the_last_good_one_stays() {
    let mut preview = Preview::start(&[TOPIC, ("content/topics/plan.md", "---\ntitle: Plan\nstatus: draft\n---\nLater.\n")]);
    let (status, page) = preview.get("topics/rest/");
    assert!(status == 200 && page.contains("Lie down.") && page.contains("-/reload.js\" data-version=\"1\""), "{page}");
    assert!(page.contains("script-src") && !page.contains("&#39;"), "the page's policy lets the script in: {page}");
    let (status, draft) = preview.get("topics/plan/");
    assert!(status == 200 && draft.contains("Later."), "drafts are shown");

    preview.save(TOPIC.0, &TOPIC.1.replace("Lie down.", "Sit down."));
    preview.says("built");
    assert_eq!(preview.get("-/changes?seen=1").1.lines().last(), Some("2"));
    assert!(preview.get("topics/rest/").1.contains("Sit down."));

    preview.save(TOPIC.0, &TOPIC.1.replace("summary:", "sumary:").replace("Lie", "<b>Lie"));
    preview.says("not built");
    let (status, page) = preview.get("topics/rest/");
    assert!(status == 200 && page.contains("Sit down.") && page.contains("This is the last good version."), "{page}");
    assert!(page.contains("content/topics/rest.md:3:1") && page.contains("did you mean `summary`?") && !page.contains("<b>Lie"), "{page}");
    let (_, list) = preview.get("-/findings/");
    assert!(list.contains("To be put right") && list.contains("content/topics/rest.md:3"), "{list}");

    preview.save(TOPIC.0, TOPIC.1);
    preview.says("built");
    let (_, page) = preview.get("topics/rest/");
    assert!(page.contains("Lie down.") && !page.contains("last good version"), "{page}");
    assert!(std::fs::read_dir(preview.dir.path()).unwrap().count() == 2, "nothing is written to disk");
}

/// Many editors write a file beside the old one and rename it; some keep a backup.
#[test]
fn saves_are_followed_however_an_editor_makes_them() {
    let plan = ("content/topics/plan.md", "---\ntitle: Plan\n---\nSee [how to rest](topic/rest#lying-down).\n");
    let rest = TOPIC.1.replace("Lie down.", "## Lying down\n\nLie down.");
    let mut preview = Preview::start(&[(TOPIC.0, rest.as_str()), plan]);
    let file = |name: &str| preview.dir.path().join("content/topics").join(name);
    let (old, backup, new) = (file("rest.md"), file("rest.md~"), file(".rest.md.1234"));
    std::fs::copy(&old, &backup).unwrap();
    std::fs::write(&new, rest.replace("Lie down.", "Sit down.")).unwrap();
    std::fs::rename(&new, &old).unwrap();
    preview.says("built");
    assert!(preview.get("topics/rest/").1.contains("Sit down."));

    // What is found in another file rests on this one.
    preview.save(TOPIC.0, TOPIC.1);
    preview.says("not built");
    let (_, list) = preview.get("-/findings/");
    assert!(list.contains("content/topics/plan.md:4") && list.contains("there is no section"), "{list}");
    preview.save(TOPIC.0, &rest);
    preview.says("built");
    assert!(!preview.get("-/findings/").1.contains("there is no section"));
    assert!(preview.get("topics/rest/").1.contains("Lying down"));

    // A file that goes takes its page with it.
    std::fs::remove_file(preview.dir.path().join(plan.0)).unwrap();
    preview.says("built");
    assert_eq!(preview.get("topics/plan/").0, 404);
}

#[test]
fn a_repository_that_never_was_right_shows_what_is_wrong() {
    let preview = Preview::start(&[("content/topics/rest.md", "---\ntitel: Rest\n---\n")]);
    let (status, page) = preview.get("");
    assert!(status == 404 && page.contains("There is no version to show yet") && page.contains("content/topics/rest.md:2"), "{page}");
}

#[test]
fn addresses_lead_where_a_host_would_lead() {
    let preview = Preview::start(&[TOPIC]);
    let (status, moved) = preview.get("topics/rest");
    assert!(status == 301 && moved.contains(&format!("Location: /{}/topics/rest/", preview.token)), "{moved}");
    let (status, missing) = preview.get("topics/none/");
    assert!(status == 404 && missing.contains("<h1"), "{missing}");
    for path in ["../Cargo.toml", "%2e%2e/%2e%2e/etc/passwd", "content/site.yaml", "-/../content/site.yaml"] {
        assert_eq!(preview.get(path).0, 404, "{path}");
    }
}

/// THREATS.md, T19: a hostile web page talks to the preview.
#[test]
fn t19_a_hostile_page_is_not_answered() {
    let preview = Preview::start(&[TOPIC]);
    let (host, home) = (preview.host(), format!("/{}/", preview.token));
    let refused = |method: &str, path: &str, headers: &[&str], status: u16| {
        let (found, response) = preview.send(method, path, headers);
        assert_eq!(found, status, "{method} {path} {headers:?}");
        assert!(!response.contains("<html") && !response.to_lowercase().contains("access-control-allow"), "{response}");
    };
    // Without the token; under a name of the attacker's own that leads here; from another origin; as a part of another page.
    refused("GET", "/", &[&host], 403);
    refused("GET", "/topics/rest/", &[&host], 403);
    refused("GET", &home, &["Host: rebound.example"], 403);
    refused("GET", &home, &[&host, "Origin: https://hostile.example"], 403);
    refused("GET", &home, &[&host, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"], 403);
    refused("POST", &home, &[&host], 405);
    refused("OPTIONS", &home, &[&host, "Origin: https://hostile.example", "Access-Control-Request-Method: POST"], 403);
    let (status, page) = preview.get("");
    assert_eq!(status, 200);
    for header in ["X-Frame-Options: DENY", "Cross-Origin-Resource-Policy: same-origin", "Referrer-Policy: no-referrer"] {
        assert!(page.contains(header), "{header}");
    }
    // Nobody else on the network can reach it: it listens on this machine's own address alone.
    let listening = std::fs::read_to_string("/proc/net/tcp").unwrap_or_default();
    let port = format!(":{:04X}", preview.port.parse::<u16>().unwrap());
    let bound = listening.lines().filter_map(|l| l.split_whitespace().nth(1)).filter(|local| local.ends_with(&port));
    assert!(bound.into_iter().all(|local| local.starts_with("0100007F")), "{listening}");
    // The address is another one each time.
    assert_ne!(Preview::start(&[]).token, preview.token);
}

#[test]
fn a_port_that_is_taken_is_an_error_with_advice() {
    let preview = Preview::start(&[]);
    let output = Command::new(env!("CARGO_BIN_EXE_signpost"))
        .args(["serve", "--port", &preview.port])
        .current_dir(preview.dir.path())
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(2) && words.contains("--port 0"), "{words}");
}
