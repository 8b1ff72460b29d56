//! A change in the words in which every format tells it: the gravest first, behaviour before fields, texts word by word.
//!
//! Formats only draw what is here, so that a terminal, a pull request and a page say the same.

use std::cmp::Reverse;

use serde_json::Value;

use super::words::{self, Piece};
use super::{Change, ChangeKind, Remark, Side};
use crate::diag::Severity;
use crate::diag::words::number;
use crate::journey::compare::Behaviour;
use crate::model::Class;

/// All changes, told.
#[derive(Debug, Clone)]
pub struct Report {
    /// In one sentence.
    pub summary: String,
    /// One for each item that changed, those that ask for most care first.
    pub entries: Vec<Entry>,
}

/// One change, told.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The item's id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// `changed`, `renamed from …`.
    pub what: String,
    /// Its class.
    pub class: Class,
    /// Somebody may be sent to less urgent help.
    pub is_less_urgent: bool,
    /// What kinds of change these are.
    pub notes: Vec<Note>,
    /// Of a journey: how many answers end elsewhere.
    pub counts: Option<String>,
    /// From where to where, less urgent first.
    pub moves: Vec<Move>,
    /// Worked examples that end elsewhere: name, from, to.
    pub vignettes: Vec<(String, String, String)>,
    /// What differs, place by place.
    pub fields: Vec<Told>,
    /// Where it appears.
    pub appears: Vec<String>,
}

/// A kind of change, said.
#[derive(Debug, Clone)]
pub struct Note {
    /// How much it weighs.
    pub severity: Severity,
    /// Its code.
    pub code: &'static str,
    /// What it is.
    pub text: String,
    /// Why it matters to the people who use the service.
    pub why: &'static str,
}

/// Answers that end elsewhere.
#[derive(Debug, Clone)]
pub struct Move {
    /// `less urgent`, `more urgent`, …
    pub direction: &'static str,
    /// Nobody has proved that it is no less urgent.
    pub is_grave: bool,
    /// The ending it was, in words.
    pub from: String,
    /// The ending it is.
    pub to: String,
    /// How many, and their share.
    pub count: String,
    /// The shortest example, as question and answer.
    pub example: Vec<(String, String)>,
}

/// One place that differs, as people read it.
#[derive(Debug, Clone)]
pub struct Told {
    /// Where.
    pub path: String,
    /// Before and after.
    pub pieces: Vec<Piece>,
    /// Several lines: a text.
    pub is_text: bool,
}

/// Tells changes.
pub fn of(base: &Side<'_>, head: &Side<'_>, changes: &[Change<'_, '_>]) -> Report {
    let mut entries: Vec<Entry> = changes.iter().map(|c| entry(base, head, c)).collect();
    let weight =
        |e: &Entry| (Reverse(e.is_less_urgent), Reverse(e.class), e.notes.iter().map(|n| n.severity).min().unwrap_or(Severity::Advice));
    entries.sort_by(|a, b| weight(a).cmp(&weight(b)).then_with(|| a.id.cmp(&b.id)));
    Report { summary: summary(changes), entries }
}

fn summary(changes: &[Change<'_, '_>]) -> String {
    if changes.is_empty() {
        return "nothing changed in meaning".to_owned();
    }
    let of = |class: Class| changes.iter().filter(|c| c.class == class).count();
    let classes = [Class::Logic, Class::Clinical, Class::Editorial].map(|class| (of(class), class.word()));
    let parts: Vec<String> = classes.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    let less = changes.iter().filter(|c| c.is_less_urgent).count();
    let items = if changes.len() == 1 { "1 item changed" } else { &format!("{} items changed", changes.len()) };
    let less = match less {
        0 => String::new(),
        1 => "; 1 may send people to less urgent help".to_owned(),
        n => format!("; {n} may send people to less urgent help"),
    };
    format!("{items}: {}{less}", parts.join(", "))
}

fn entry(base: &Side<'_>, head: &Side<'_>, change: &Change<'_, '_>) -> Entry {
    let what = match &change.kind {
        ChangeKind::Renamed(from) => format!("renamed from {from}"),
        kind => kind.word().to_owned(),
    };
    let behaviour = change.compared().filter(|b| !b.is_same());
    Entry {
        id: change.id.clone(),
        title: change.title().to_owned(),
        what,
        class: change.class,
        is_less_urgent: change.is_less_urgent,
        notes: notes(&change.remarks),
        counts: behaviour.map(counts),
        moves: behaviour.map(|b| moves(base, head, b)).unwrap_or_default(),
        vignettes: behaviour.map(|b| vignettes(base, head, b)).unwrap_or_default(),
        fields: if change.kind == ChangeKind::Removed { Vec::new() } else { change.fields.iter().map(told).collect() },
        appears: change.appears.clone(),
    }
}

/// Remarks of the same kind are said once, with their places.
fn notes(remarks: &[Remark]) -> Vec<Note> {
    let mut notes: Vec<(&Remark, Vec<&str>)> = Vec::new();
    for remark in remarks {
        match notes.iter_mut().find(|(r, _)| r.code == remark.code && r.because == remark.because) {
            Some((_, places)) => places.push(&remark.path),
            None => notes.push((remark, vec![&remark.path])),
        }
    }
    let note = |(remark, places): (&Remark, Vec<&str>)| {
        let mut text = remark.code.name.to_owned();
        if let Some(because) = &remark.because {
            text = format!("{text}: {because}");
        }
        if places.len() > 1 {
            text = format!("{text} ({} places)", places.len());
        }
        Note { severity: remark.code.severity, code: remark.code.code, text, why: remark.code.why }
    };
    notes.into_iter().map(note).collect()
}

fn counts(behaviour: &Behaviour<'_>) -> String {
    format!(
        "{} of {} combinations of answers end elsewhere (combinations of answers, not people)",
        number(&behaviour.changed),
        number(&behaviour.combinations)
    )
}

fn moves(base: &Side<'_>, head: &Side<'_>, behaviour: &Behaviour<'_>) -> Vec<Move> {
    let of = |m: &crate::journey::compare::Move<'_>| Move {
        direction: match m.direction.word() {
            "less-urgent" => "less urgent",
            "more-urgent" => "more urgent",
            "same-urgency" => "as urgent",
            _ => "not known whether less urgent",
        },
        is_grave: !m.is_never_less_urgent,
        from: ending(base, m.from.as_deref()),
        to: ending(head, m.to.as_deref()),
        count: match m.combinations.to_string().as_str() {
            "1" => format!("1 combination ({} %)", percent(&m.share)),
            n => format!("{} combinations ({} %)", number(n), percent(&m.share)),
        },
        example: m.words.iter().map(|(question, answer)| (bare(question), bare(answer))).collect(),
    };
    behaviour.moves.iter().map(of).collect()
}

fn vignettes(base: &Side<'_>, head: &Side<'_>, behaviour: &Behaviour<'_>) -> Vec<(String, String, String)> {
    let of = |v: &crate::journey::compare::Elsewhere<'_>| {
        let ends = |side, id: Option<&str>| id.map_or("its answers do not fit that version".to_owned(), |id| ending(side, Some(id)));
        (v.name.to_owned(), ends(base, v.from.as_deref()), ends(head, v.to.as_deref()))
    };
    behaviour.vignettes.iter().map(of).collect()
}

/// An ending as people know it.
fn ending(side: &Side<'_>, id: Option<&str>) -> String {
    match id {
        None => "nowhere (an answer that this version does not have)".to_owned(),
        Some(id) => match side.content.get(id) {
            Some(item) => {
                let level = item.outcome().and_then(|o| side.content.level_of(o)).map(|l| format!(": {}", l.label.value));
                format!("{} ({id}{})", item.title(), level.unwrap_or_default())
            }
            None => id.to_owned(),
        },
    }
}

fn told(field: &super::fields::Field) -> Told {
    let path = field.path.join("/");
    let (from, to) = (field.from.as_ref(), field.to.as_ref());
    let is_contact = matches!(field.path.last().map(String::as_str), Some("value" | "url" | "code" | "call"));
    let both = |pieces: Vec<Piece>, is_text| Told { path: path.clone(), pieces, is_text };
    match (from, to) {
        (Some(Value::String(a)), Some(Value::String(b))) if is_contact => both(words::digits(a, b), false),
        (Some(Value::String(a)), Some(Value::String(b))) => both(words::pieces(a, b), a.contains('\n') || b.contains('\n')),
        _ => {
            let text = |v: Option<&Value>| v.map(plain);
            let gone = text(from).map(Piece::Gone);
            both(gone.into_iter().chain(text(to).map(Piece::New)).collect(), false)
        }
    }
}

/// A value in a line.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(map) => map.iter().map(|(k, v)| format!("{k}: {}", plain(v))).collect::<Vec<_>>().join("; "),
        Value::Null => "nothing".to_owned(),
        other => other.to_string(),
    }
}

/// Words without the quotation marks around them.
fn bare(words: &str) -> String {
    words.strip_prefix('“').and_then(|w| w.strip_suffix('”')).unwrap_or(words).to_owned()
}

/// A share as a percentage, with three digits that count; never rounded to nothing.
fn percent(share: &str) -> String {
    let (whole, part) = share.split_once('.').unwrap_or((share, ""));
    let digits = format!("{whole}{part:0<2}");
    let (before, after) = digits.split_at(whole.len() + 2);
    let before = before.trim_start_matches('0');
    let after = after.trim_end_matches('0');
    let before = if before.is_empty() { "0" } else { before };
    let zeros = if before == "0" { after.len() - after.trim_start_matches('0').len() } else { 0 };
    let wanted = if before == "0" { zeros + 3 } else { 3_usize.saturating_sub(before.len()) };
    let after = after[..after.len().min(wanted)].trim_end_matches('0');
    if after.is_empty() { before.to_owned() } else { format!("{before}.{after}") }
}

/// A text that is at most so many characters long, cut between words.
pub(super) fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{}…", cut.trim_end_matches([',', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_readable() {
        for (share, shown) in [
            ("0.25", "25"),
            ("1", "100"),
            ("0.0256", "2.56"),
            ("0.00884405", "0.884"),
            ("0.000000123456", "0.0000123"),
            ("0.000038", "0.0038"),
            ("0", "0"),
            ("0.5", "50"),
            ("0.33333333", "33.3"),
            ("0.999999", "99.9"),
        ] {
            assert_eq!(percent(share), shown);
        }
    }
}
