//! A word or phrase that the house style avoids.
//!
//! Words decide whether people feel judged, and whether they understand what to do. `content/wording.yaml` lists the
//! phrases to avoid, what to write instead, why, and where that comes from. It is searched in everything the public
//! reads: any case, whole words, either kind of apostrophe.
//!
//! Names of services, of those who provide them, of questionnaires and sources are left alone, and so are search
//! phrases, web addresses and the questions of published instruments: they are not ours to reword. A phrase in which the
//! avoided word is right is listed under the rule's `exceptions`; `scope` says in which kinds of item a rule applies.
//!
//! ## Example
//! ```md
//! She committed suicide.
//! ```
//!
//! ## Instead
//! ```md
//! She took her own life.
//! ```
//!
//! ## Where it comes from
//! Each rule of `content/wording.yaml` names its source.

use super::{is_english, kind, language, pieces};
use crate::check::names::is_named;
use crate::check::vague::is_vague;
use crate::check::{Check, FileContext, Piece, Role, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Content, WordingRule};
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "W001",
    name: "house-style",
    severity: Severity::Warning,
    source: include_str!("w001_house_style.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let content = &file.site.content;
    let Some(wording) = content.wording.as_ref().filter(|_| is_own_language(file)) else { return };
    let kind = kind(file);
    for piece in pieces(file).iter().filter(|p| !is_name(file, p)) {
        let hits = file.site.house_style().search(&piece.text, |rule| wording.rules.get(rule).is_some_and(|r| applies(r, kind)));
        for hit in hits {
            let Some(rule) = wording.rules.get(hit.rule) else { continue };
            let span = piece.span(hit.at.clone());
            if !is_in_vague_link(file, span) {
                sink.push(with_source(
                    content,
                    rule,
                    file.finding(span, format!("avoid `{}`; better: {}", &piece.text[hit.at], rule.prefer.value)),
                ));
            }
        }
    }
}

fn with_source(content: &Content<'_>, rule: &WordingRule<'_>, finding: crate::diag::Finding) -> crate::diag::Finding {
    let source = rule.source.and_then(|id| content.get(id.value)).map(|item| format!("source: {}", item.title()));
    let why = rule.why.map(|w| w.value.to_owned());
    let finding = why.into_iter().chain(source).fold(finding, |f, note| f.note(note));
    finding.help(format!("where the words are right, add the phrase to the exceptions of `{}` in content/wording.yaml", rule.id.value))
}

/// The house style is written for one language: that of the site.
fn is_own_language(file: &FileContext<'_, '_>) -> bool {
    let of_site = file.site.content.site.as_ref().map_or("en", |s| s.language.value);
    let primary = |tag: &str| tag.split('-').next().unwrap_or("").to_ascii_lowercase();
    is_english(file) && primary(of_site) == "en" || primary(of_site) == primary(language(file))
}

fn applies(rule: &WordingRule<'_>, kind: &str) -> bool {
    let scope = &rule.scope;
    (scope.kinds.is_empty() || scope.kinds.iter().any(|k| k.value == kind)) && !scope.except_kinds.iter().any(|k| k.value == kind)
}

/// Whether a piece is somebody's name.
fn is_name(file: &FileContext<'_, '_>, piece: &Piece<'_>) -> bool {
    match piece.role {
        Role::Title => file.item.is_some_and(|i| is_named(i.kind)),
        Role::Field(field) => matches!(field, "provider" | "organisation" | "name"),
        Role::Body(_) => false,
    }
}

/// "Click here" as a link is what W011 speaks of.
fn is_in_vague_link(file: &FileContext<'_, '_>, span: Span) -> bool {
    file.links().iter().any(|l| l.span.start <= span.start && span.end <= l.span.end && is_vague(&l.text))
}
