//! What the preview adds to a page: what is wrong, over the last good version of it, and the script that reloads it.

use std::sync::Arc;

use minijinja::{AutoEscape, Environment, Value, context};

use super::{Shown, Told};

/// Asks whether anything changed, and loads the page anew when it did.
pub(super) const SCRIPT: &str = include_str!("reload.js");
/// How what is wrong looks.
pub(super) const STYLE: &str = include_str!("preview.css");

/// So many findings stand over a page; a site may have thousands.
const OVER: usize = 5;

/// A page of the site with what is wrong over it.
pub(super) fn with_findings(shown: &Shown, token: &str, html: &str) -> String {
    let html = allowed(html);
    let (head, tail) = html.rsplit_once("</body>").unwrap_or((&html, ""));
    format!("{head}{}\n</body>{tail}", fill("over.html", shown, token, OVER))
}

/// The list of all that is wrong, as a page of its own.
pub(super) fn findings(shown: &Shown, token: &str) -> String {
    fill("findings.html", shown, token, usize::MAX)
}

/// Fills a template with the first `most` findings.
fn fill(name: &str, shown: &Shown, token: &str, most: usize) -> String {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let templates = [("over.html", include_str!("over.html")), ("findings.html", include_str!("findings.html"))];
    let finding = |f: &Arc<Told>| context! { severity => f.severity.word(), message => &f.message, place => &f.place, text => &f.text };
    let findings: Vec<Value> = shown.findings.iter().take(most).map(finding).collect();
    let filled = templates.into_iter().try_for_each(|(name, text)| environment.add_template(name, text)).and_then(|()| {
        let errors = shown.findings.iter().filter(|f| f.severity == crate::diag::Severity::Error).count();
        environment.get_template(name)?.render(context! {
            findings,
            count => shown.findings.len(),
            errors,
            failure => &shown.failure,
            is_old => shown.is_old,
            is_first => shown.files.is_empty(),
            version => shown.version,
            token,
        })
    });
    filled.unwrap_or_default()
}

/// The page with a policy that lets the preview's own script and style in, and nothing from anywhere else.
fn allowed(html: &str) -> String {
    const META: &str = "http-equiv=\"Content-Security-Policy\" content=\"";
    let Some((before, rest)) = html.split_once(META) else { return html.to_owned() };
    let Some((policy, after)) = rest.split_once('"') else { return html.to_owned() };
    let policy = policy.replace("&#39;", "'");
    let mut directives: Vec<String> = policy.split(';').map(|d| d.trim().to_owned()).filter(|d| !d.is_empty()).collect();
    for name in ["script-src", "style-src", "connect-src"] {
        let own = directives.iter_mut().find(|d| d.split(' ').next() == Some(name));
        match own {
            Some(directive) if directive.ends_with("'none'") => *directive = format!("{name} 'self'"),
            Some(directive) if directive.contains("'self'") => {}
            Some(directive) => directive.push_str(" 'self'"),
            None => directives.push(format!("{name} 'self'")),
        }
    }
    format!("{before}{META}{}\"{after}", directives.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_lets_the_script_of_the_preview_in_and_nothing_else() {
        let page = |policy: &str| format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"><body>A</body>");
        assert_eq!(
            allowed(&page("default-src &#39;none&#39;; style-src 'sha256-a='; script-src 'none'")),
            page("default-src 'none'; style-src 'sha256-a=' 'self'; script-src 'self'; connect-src 'self'")
        );
        assert_eq!(allowed("<p>no policy"), "<p>no policy");
    }

    #[test]
    fn what_is_wrong_is_text_and_never_markup() {
        let told = Told {
            severity: crate::diag::Severity::Error,
            message: "<script>alert(1)</script>".to_owned(),
            place: "content/<b>.md:1".to_owned(),
            text: "</pre><img src=x><script>alert(1)</script>".to_owned(),
        };
        let shown = Shown { findings: vec![Arc::new(told)], is_old: true, ..Shown::default() };
        for html in [with_findings(&shown, "t", "<body>A</body>"), findings(&shown, "t")] {
            assert!(html.contains("&lt;script&gt;") && !html.contains("<img") && !html.contains("<b>"), "{html}");
        }
    }
}
