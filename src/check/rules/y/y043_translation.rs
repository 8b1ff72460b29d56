//! A translation that translates nothing, or whose language nobody can tell.
//!
//! A translation stands beside the original under the same name, with the tag of its language between name and ending:
//! `sleep.bn.md` translates `sleep.md` into Bengali. Without an original nobody can review it, and with a tag that is none
//! browsers and screen readers would read it out in the wrong language.
//!
//! ## Example
//! `content/topics/sleep.bengali.md`
//!
//! ## Instead
//! `content/topics/sleep.bn.md`
//!
//! ## Where it comes from
//! BCP 47, the standard for language tags.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Identity, suggest};
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "Y043",
    name: "translation",
    severity: Severity::Error,
    source: include_str!("y043_translation.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Identity::Item { kind, name, language: Some(language) } = file.identity else { return };
    let content = &file.site.content;
    let own = content.site.as_ref().map_or("en", |s| s.language.value);
    if !is_tag(language) {
        let finding = file.finding(Span::default(), format!("`{language}` is no language tag"));
        let help = match tag_of(language) {
            Some(tag) => format!("did you mean `{name}.{tag}.{}`?", kind.extension()),
            None => "the part between the dots is the language of a translation, such as `bn` for Bengali; if it is part of the name, write a hyphen for the dot".into(),
        };
        sink.push(finding.help(help));
    } else if language.eq_ignore_ascii_case(own) {
        let finding =
            file.finding(Span::default(), format!("this is a translation into `{language}`, and the originals are in `{language}`"));
        sink.push(finding.help(format!("name it `{name}.{}` if it is an original", kind.extension())));
    } else if content.named(kind, name).is_none() {
        let finding = file.finding(Span::default(), format!("there is no `{}` that this could be a translation of", kind.id(name)));
        let near = suggest(name, content.originals().filter(|i| i.kind == kind).map(|i| i.name));
        sink.push(match near {
            Some(near) => finding.help(format!("did you mean `{near}.{language}.{}`?", kind.extension())),
            None => finding.help("write the original first, or name this file after it"),
        });
    }
}

/// The languages that have a code of two letters (ISO 639-1).
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es \
    et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn \
    ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi \
    pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur \
    uz ve vi vo wa wo xh yi yo za zh zu";

/// Whether a text is a language tag (BCP 47): `bn`, `pt-BR`, `zh-Hant`. Codes of three letters are too many to know.
fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let is_known = |p: &str| p.len() == 3 || LANGUAGES.split_whitespace().any(|l| l == p);
    let is_language = parts.next().is_some_and(|p| matches!(p.len(), 2 | 3) && p.bytes().all(|b| b.is_ascii_lowercase()) && is_known(p));
    is_language && parts.all(|p| matches!(p.len(), 2..=8) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// The tag of a language that was written as a word, or in capitals.
fn tag_of(text: &str) -> Option<String> {
    const WORDS: [(&str, &str); 22] = [
        ("arabic", "ar"),
        ("bangla", "bn"),
        ("bengali", "bn"),
        ("chinese", "zh"),
        ("cymraeg", "cy"),
        ("farsi", "fa"),
        ("french", "fr"),
        ("gujarati", "gu"),
        ("hindi", "hi"),
        ("italian", "it"),
        ("nepali", "ne"),
        ("persian", "fa"),
        ("polish", "pl"),
        ("portuguese", "pt"),
        ("punjabi", "pa"),
        ("romanian", "ro"),
        ("somali", "so"),
        ("spanish", "es"),
        ("tamil", "ta"),
        ("turkish", "tr"),
        ("urdu", "ur"),
        ("welsh", "cy"),
    ];
    let lower = text.to_lowercase().replace('_', "-");
    let word = WORDS.iter().find(|(word, _)| *word == lower).map(|(_, tag)| (*tag).to_owned());
    word.or_else(|| is_tag(&lower).then_some(lower))
}
