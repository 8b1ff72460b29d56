//! A link that does not say where it leads.
//!
//! Screen readers list the links of a page on their own. An empty one is read as its address; "click here" says nothing
//! (a warning); and the same words that lead to different places in one page can only be told apart by trying (advice).
//!
//! ## Example
//! ```html
//! <a href="../sleep/"><img src="moon.svg" alt=""></a>
//! ```
//!
//! ## Instead
//! ```html
//! <a href="../sleep/"><img src="moon.svg" alt=""> Sleep</a>
//! ```
//!
//! ## Where it comes from
//! Web Content Accessibility Guidelines 2.2, success criteria 2.4.4 and 4.1.2. NHS digital service manual, "Links".

use std::collections::HashMap;

use crate::audit::name;
use crate::audit::reference::{Kind, Reference};
use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::check::vague::is_vague;
use crate::diag::Severity;

pub const RULE: Rule = Rule {
    code: "A021",
    name: "link-words",
    severity: Severity::Error,
    source: include_str!("a021_link_words.rs"),
    check: Check::Page(check),
};

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    let page = &view.page;
    let links: HashMap<u32, &Reference> = view.references.iter().filter(|r| r.kind == Kind::Link).map(|r| (r.span.start, r)).collect();
    let mut seen: HashMap<String, (&str, crate::source::Span)> = HashMap::new();
    for (number, element) in page.named("a") {
        let Some(href) = page.attribute(element, "href") else { continue };
        if page.is_silent(number) {
            continue;
        }
        let words = name::of(page, number);
        if words.is_empty() {
            sink.push(view.finding(element.tag, "a link without words").help("write where it leads"));
            continue;
        }
        if is_vague(&words) {
            let finding = view.finding(element.tag, format!("\"{words}\" does not say where the link leads"));
            sink.push_as(Severity::Warning, finding.help("write where it leads: the title of the page behind it"));
            continue;
        }
        // A part of a page and the page itself are one place to whoever reads the words.
        let to = |address: &'_ str| address.split('#').next().unwrap_or(address).to_owned();
        let target = links.get(&href.span.start).map_or(href.value.as_ref(), |r| r.address.as_str());
        match seen.get(words.as_str()) {
            Some((first, at)) if to(first) != to(target) => {
                let finding = view.finding(element.tag, format!("\"{words}\" leads to `{target}` here and to `{first}` before"));
                let finding = finding.also(view.path, *at, "the same words, to another place");
                sink.push_as(Severity::Advice, finding.help("say in the words where each of them leads"));
            }
            Some(_) => {}
            None => {
                seen.insert(words, (target, element.tag));
            }
        }
    }
}
