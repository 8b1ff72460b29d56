//! A reference that is no id, or the id of a kind of item that cannot stand there.
//!
//! Each field refers to certain kinds: `signposts` to services, `topics` to topics. A topic among the signposts would
//! have no telephone number to show. An id is the kind and the name with a slash between, as in `resource/samaritans`.
//!
//! ## Example
//! ```yaml
//! signposts:
//!   - topic/sleep
//! ```
//!
//! ## Instead
//! ```yaml
//! topics:
//!   - topic/sleep
//! ```

use crate::check::{Check, FileContext, Reference, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::{codes, list};
use crate::model::{Kind, is_name, suggest};

pub const RULE: Rule = Rule {
    code: "R002",
    name: "wrong-kind",
    severity: Severity::Error,
    source: include_str!("r002_wrong_kind.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for reference in file.references().filter(|r| r.link().is_none()) {
        let takes = |word: &str| reference.kinds().iter().any(|k| k == word);
        let is_of_the_site = takes("rule") && reference.text.starts_with("site/");
        // A step of the journey or the code of a check, right or wrong: rules of other families know those.
        let is_bare = (takes("step") || takes("code")) && !reference.text.contains('/');
        if is_of_the_site || is_bare {
            continue;
        }
        if reference.target().is_none() {
            sink.push(no_such_kind(file, &reference));
        } else if let Some(anchor) = reference.anchor().filter(|a| !takes("rule") || !is_name(a)) {
            let finding = file.finding(reference.span(), format!("`{}` is not the id of an item", reference.text));
            sink.push(if takes("rule") {
                finding.help(format!("`{anchor}` is no name of a rule: lower-case letters, digits and hyphens"))
            } else {
                finding.help("refer to the item as a whole").fix(reference.span(), reference.id())
            });
        }
    }
}

fn no_such_kind(file: &FileContext<'_, '_>, reference: &Reference<'_>) -> crate::diag::Finding {
    let content = &file.site.content;
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|k| reference.kinds().iter().any(|w| w == "any" || w == k.word())).collect();
    let wanted: Vec<String> = kinds.iter().map(|k| with_article(*k)).collect();
    let wanted = if kinds.len() == Kind::ALL.len() { "any item".to_owned() } else { list(&wanted, "or") };
    let (id, span) = (reference.id(), reference.id_span());
    let message = match Kind::split(id).filter(|(_, name)| is_name(name)) {
        Some((kind, _)) => format!("`{id}` is {}, and what is asked for here is {wanted}", with_article(kind)),
        None => format!("`{id}` is not the id of an item"),
    };
    let finding = file.finding(span, message).label("cannot stand here");
    // What was meant: the last part, tidied, as the name of an item that can stand here.
    let name = id.trim().trim_end_matches('/').rsplit('/').next().unwrap_or(id).to_lowercase().replace([' ', '_'], "-");
    let exact: Vec<String> = kinds.iter().filter(|k| content.named(**k, &name).is_some()).map(|k| k.id(&name)).collect();
    if let [one] = exact.as_slice() {
        let finding = finding.did_you_mean(Some(one));
        return if id.contains('/') { finding } else { finding.fix(span, one.clone()) };
    }
    if !exact.is_empty() {
        return finding.help(format!("did you mean {}?", codes(&exact, "or")));
    }
    let names: Vec<_> = content.originals().filter(|i| kinds.contains(&i.kind)).collect();
    let near = suggest(&name, names.iter().map(|i| i.name)).and_then(|n| names.iter().find(|i| i.name == n)).map(|i| i.id());
    match near {
        Some(near) => finding.did_you_mean(Some(&near)),
        None => finding.help(format!("write the id of {wanted}, such as `{}/name`", kinds.first().map_or("topic", |k| k.word()))),
    }
}

fn with_article(kind: Kind) -> String {
    match kind {
        Kind::Outcome | Kind::Instrument | Kind::Area => format!("an {}", kind.word()),
        Kind::Evidence => "evidence".to_owned(),
        _ => format!("a {}", kind.word()),
    }
}
