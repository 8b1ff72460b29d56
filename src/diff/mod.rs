//! What a change means: item by item, not line by line.
//!
//! - [`subject`]: everything with an id, in one version;
//! - [`fields`]: what differs between two documents; [`prose`]: whether that is wording alone;
//! - [`class`] and [`codes`]: how much approval a difference needs, what kind of change it is, why it matters;
//! - [`behaviour`] and `rank`: which journeys send people elsewhere, and whether to less urgent help;
//! - [`words`]: texts word by word; [`places`]: what an editor calls the place of a difference.
//!
//! Knows nothing of approvals, of how it is printed, or of git.

pub mod behaviour;
pub mod class;
pub mod codes;
pub mod fields;
pub mod html;
pub mod human;
pub mod json;
pub mod markdown;
pub mod places;
pub mod prose;
mod rank;
pub mod report;
pub mod subject;
pub mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use crate::journey::compare::Behaviour;
use crate::model::{Class, Kind, ResourceType};
use behaviour::Moved;
use class::Around;
use codes::Code;
use fields::Field;
pub use subject::{Side, Sort, Subject};

/// One item that differs.
#[derive(Debug)]
pub struct Change<'c, 's> {
    /// The id in the newer version; of what was removed, in the older.
    pub id: String,
    /// What happened to it.
    pub kind: ChangeKind,
    /// The older version.
    pub from: Option<Subject<'c, 's>>,
    /// The newer version.
    pub to: Option<Subject<'c, 's>>,
    /// Fingerprints of both versions, where they can be read.
    pub fingerprints: (Option<String>, Option<String>),
    /// How much approval it needs.
    pub class: Class,
    /// Somebody may be sent to less urgent help, or it is not proved that nobody is.
    pub is_less_urgent: bool,
    /// What differs; `/body` is the text below the front matter.
    pub fields: Vec<Field>,
    /// What kind of changes these are, the gravest first.
    pub remarks: Vec<Remark>,
    /// Of a journey: how its behaviour differs, or why that cannot be said.
    pub behaviour: Option<Moved<'s>>,
    /// Journeys whose answers lead elsewhere because of this change.
    pub moves: Vec<String>,
    /// Where it appears in the newer version: what refers to it or embeds it.
    pub appears: Vec<String>,
}

/// What happened to an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another meaning.
    Changed,
    /// It has another id than this.
    Renamed(String),
}

impl ChangeKind {
    /// The word in JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Renamed(_) => "renamed",
        }
    }
}

/// A kind of change at one place.
#[derive(Debug, Clone)]
pub struct Remark {
    /// The kind.
    pub code: &'static Code,
    /// The class that it alone would have.
    pub class: Class,
    /// Where, as a JSON pointer; empty for the item as a whole.
    pub path: String,
    /// What is to be said beyond the code's name.
    pub because: Option<String>,
}

impl<'c, 's> Change<'c, 's> {
    /// A change of which nothing is known yet but what it is of.
    fn new(
        id: String,
        kind: ChangeKind,
        from: Option<Subject<'c, 's>>,
        to: Option<Subject<'c, 's>>,
        fingerprints: (Option<String>, Option<String>),
    ) -> Self {
        Self {
            id,
            kind,
            from,
            to,
            fingerprints,
            class: Class::None,
            is_less_urgent: false,
            fields: Vec::new(),
            remarks: Vec::new(),
            behaviour: None,
            moves: Vec::new(),
            appears: Vec::new(),
        }
    }

    /// The behaviour, where both versions could be compared.
    pub fn compared(&self) -> Option<&Behaviour<'s>> {
        self.behaviour.as_ref()?.as_ref().ok()
    }

    /// What people call it.
    pub fn title(&self) -> &str {
        self.to.as_ref().or(self.from.as_ref()).map_or(self.id.as_str(), Subject::title)
    }
}

/// Everything that differs in meaning between two versions, by id.
pub fn between<'c, 's>(base: &'c Side<'s>, head: &'c Side<'s>) -> Vec<Change<'c, 's>> {
    let (old, new) = (base.subjects(), head.subjects());
    let pairs = pairs(&old, &new);
    let mut changes: Vec<Change<'c, 's>> = pairs.into_par_iter().filter_map(|(from, to)| change(base, head, from, to)).collect();
    behaviour::add(base, head, &new, &mut changes);
    let appears = appearances(head, &new, &changes);
    changes.par_iter_mut().for_each(|change| {
        change.appears = appears.get(&change.id).cloned().unwrap_or_default();
        judge(base, head, change);
    });
    changes.sort_by(|a, b| a.id.cmp(&b.id));
    changes
}

type Pair<'c, 's> = (Option<Subject<'c, 's>>, Option<Subject<'c, 's>>);

/// Which is which in both versions: by id, or by the former name that the newer one gives.
fn pairs<'c, 's>(old: &BTreeMap<String, Subject<'c, 's>>, new: &BTreeMap<String, Subject<'c, 's>>) -> Vec<Pair<'c, 's>> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut pairs = Vec::new();
    for (id, subject) in new {
        let former = || {
            let item = subject.item?;
            let mut names = item.common.was.iter().map(|was| item.kind.id_in(was.value, item.language));
            names.find(|was| old.contains_key(was) && !new.contains_key(was))
        };
        let before = if old.contains_key(id) { Some(id.clone()) } else { former() };
        let from = before.filter(|before| taken.insert(before.clone()));
        pairs.push((from.and_then(|b| old.get(&b)).cloned(), Some(subject.clone())));
    }
    let gone = old.iter().filter(|(id, _)| !taken.contains(*id));
    pairs.extend(gone.map(|(_, subject)| (Some(subject.clone()), None)));
    pairs
}

fn change<'c, 's>(base: &Side<'s>, head: &Side<'s>, from: Option<Subject<'c, 's>>, to: Option<Subject<'c, 's>>) -> Option<Change<'c, 's>> {
    let kind = match (&from, &to) {
        (None, Some(_)) => ChangeKind::Added,
        (Some(_), None) => ChangeKind::Removed,
        (Some(a), Some(b)) if a.id != b.id => ChangeKind::Renamed(a.id.clone()),
        (Some(a), Some(b)) if a.file.text == b.file.text && !is_binary(a) => return None,
        _ => ChangeKind::Changed,
    };
    let fingerprints = (from.as_ref().and_then(|s| base.fingerprint(s)), to.as_ref().and_then(|s| head.fingerprint(s)));
    if kind == ChangeKind::Changed && fingerprints.0.is_some() && fingerprints.0 == fingerprints.1 {
        return None;
    }
    let id = to.as_ref().or(from.as_ref())?.id.clone();
    let mut change = Change::new(id, kind, from, to, fingerprints);
    change.fields = differences(base, head, &change);
    Some(change)
}

fn is_binary(subject: &Subject<'_, '_>) -> bool {
    matches!(subject.file.content, crate::load::Content::Binary(_) | crate::load::Content::Refused)
}

fn differences(base: &Side<'_>, head: &Side<'_>, change: &Change<'_, '_>) -> Vec<Field> {
    let side = if change.to.is_some() { head } else { base };
    let cursor = change.to.as_ref().or(change.from.as_ref()).and_then(|s| side.cursor(s));
    let (old, new) = (change.from.as_ref().and_then(|s| s.file.data()), change.to.as_ref().and_then(|s| s.file.data()));
    let mut fields = fields::differences(cursor, old, new);
    let text = |s: &Option<Subject<'_, '_>>| s.as_ref().and_then(|s| s.body().map(|b| b.replace("\r\n", "\n").trim_end().to_owned()));
    let (from, to) = (text(&change.from), text(&change.to));
    if from != to {
        fields.push(Field {
            path: vec!["body".to_owned()],
            from: from.map(Into::into),
            to: to.map(Into::into),
            is_order: false,
            is_editorial: matches!(change.to.as_ref().map(|s| s.sort), Some(Sort::Item(_))),
            place: None,
        });
    }
    // Which words carry a meaning of their own is known of English only.
    if !change.to.as_ref().is_some_and(|s| is_english(head, s)) {
        fields.iter_mut().for_each(|f| f.is_editorial = false);
    }
    fields
}

fn is_english(side: &Side<'_>, subject: &Subject<'_, '_>) -> bool {
    let own = subject.item.and_then(|i| i.language);
    let language = own.or(side.content.site.as_ref().map(|s| s.language.value)).unwrap_or("");
    language == "en" || language.starts_with("en-")
}

/// Class and remarks, once the behaviour is known.
fn judge(base: &Side<'_>, head: &Side<'_>, change: &mut Change<'_, '_>) {
    let Some(sort) = change.to.as_ref().or(change.from.as_ref()).map(|s| s.sort) else { return };
    let whole = |code, class| Remark { code, class, path: String::new(), because: None };
    let decides = matches!(sort, Sort::Item(Kind::Journey | Kind::Instrument | Kind::Outcome) | Sort::Review | Sort::Template)
        || matches!(sort, Sort::Site("acuity" | "safety"));
    let weight = if decides { Class::Logic } else { Class::Clinical };
    let mut remarks = Vec::new();
    match &change.kind {
        ChangeKind::Added => remarks.push(whole(&codes::ADDED, weight)),
        ChangeKind::Removed => remarks.push(whole(&codes::REMOVED, weight)),
        ChangeKind::Renamed(_) => remarks.push(whole(&codes::RENAMED, Class::Clinical)),
        ChangeKind::Changed => {}
    }
    let is_unread = |s: &Option<Subject<'_, '_>>, print: &Option<String>| s.is_some() && print.is_none();
    if is_unread(&change.from, &change.fingerprints.0) || is_unread(&change.to, &change.fingerprints.1) {
        remarks.push(whole(&codes::UNREADABLE, Class::Logic));
    }
    remarks.extend(behaviour::remarks(change));
    if let Some(loss) = rank::loss(base, head, change) {
        change.is_less_urgent = true;
        if remarks.iter().all(|r| *r.code != codes::LESS_URGENT) {
            let because = Some(loss.to_owned());
            remarks.push(Remark { code: &codes::LESS_URGENT, class: Class::Logic, path: String::new(), because });
        }
    }
    if matches!(change.kind, ChangeKind::Changed | ChangeKind::Renamed(_)) {
        let around = Around {
            sort,
            is_guarded: [(base, &change.from), (head, &change.to)].iter().any(|(side, s)| s.as_ref().is_some_and(|s| is_guarded(side, s))),
            is_crisis: [(base, &change.from), (head, &change.to)].iter().any(|(side, s)| s.as_ref().is_some_and(|s| is_crisis(side, s))),
            is_same_behaviour: change.compared().is_some_and(Behaviour::is_same),
        };
        for field in &change.fields {
            let verdict = class::of(field, &around);
            let because = verdict.because.map(str::to_owned);
            remarks.push(Remark { code: verdict.code, class: verdict.class, path: field.pointer(), because });
        }
    }
    // The proof is of answers by their ids: where their words changed it says nothing to a reader.
    if remarks.iter().any(|r| r.class == Class::Logic) {
        remarks.retain(|r| *r.code != codes::EQUAL_BEHAVIOUR);
    }
    remarks.sort_by(|a, b| {
        (a.code.severity, std::cmp::Reverse(a.class), a.code.code).cmp(&(b.code.severity, std::cmp::Reverse(b.class), b.code.code))
    });
    // A meaning that changed without a difference that we know is still a change.
    let least =
        if change.fingerprints.0 == change.fingerprints.1 && change.fingerprints.0.is_some() { Class::None } else { Class::Clinical };
    change.class = remarks.iter().map(|r| r.class).max().unwrap_or(least);
    change.remarks = remarks;
}

/// Whether every word is read by a clinician: the item is sensitive, or an ending of the two most urgent ranks.
fn is_guarded(side: &Side<'_>, subject: &Subject<'_, '_>) -> bool {
    let Some(item) = subject.item else { return false };
    let original = side.content.named(item.kind, item.name).unwrap_or(item);
    let is_urgent = original.outcome().is_some_and(|o| rank(side, o.acuity.value).is_none_or(|r| r < 2));
    !item.common.sensitive.is_empty()
        || !original.common.sensitive.is_empty()
        || is_urgent
        || (item.kind == Kind::Outcome && original.model.is_none())
}

/// Whether somebody in a crisis may depend on it.
fn is_crisis(side: &Side<'_>, subject: &Subject<'_, '_>) -> bool {
    let Some(item) = subject.item else { return false };
    let is_line =
        item.resource().is_some_and(|r| matches!(r.ty, ResourceType::Helpline | ResourceType::CrisisService | ResourceType::NhsService));
    is_line || is_guarded(side, subject) || item.kind == Kind::Area
}

fn rank(side: &Side<'_>, level: &str) -> Option<usize> {
    side.content.acuity.as_ref()?.rank(level)
}

/// For each item that changed what refers to it, through embedded texts.
fn appearances(head: &Side<'_>, subjects: &BTreeMap<String, Subject<'_, '_>>, changes: &[Change<'_, '_>]) -> HashMap<String, Vec<String>> {
    let wanted: BTreeSet<&str> = changes.iter().map(|c| c.id.as_str()).collect();
    if wanted.is_empty() {
        return HashMap::new();
    }
    let named: Vec<(String, BTreeSet<String>)> = subjects.par_iter().map(|(id, s)| (id.clone(), subject::named(head, s))).collect();
    let mut by: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for (id, targets) in &named {
        targets.iter().filter(|t| *t != id).for_each(|t| {
            by.entry(t).or_default().insert(id);
        });
    }
    let mut found = HashMap::new();
    for id in wanted {
        let mut all: BTreeSet<&str> = BTreeSet::new();
        let mut open = vec![id];
        while let Some(next) = open.pop() {
            for user in by.get(next).into_iter().flatten() {
                // A text that others embed carries what is in it to them.
                if all.insert(user) && user.starts_with("partial/") {
                    open.push(user);
                }
            }
        }
        if !all.is_empty() {
            found.insert(id.to_owned(), all.into_iter().map(str::to_owned).collect());
        }
    }
    found
}
