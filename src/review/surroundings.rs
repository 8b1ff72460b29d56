//! What stands around an item while two of its versions are compared: as it is in the tree that is judged, so that only what
//! changed in the item itself tells.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use super::class::Change;
use super::items::Items;
use super::policy;
use crate::diff::{self, Side};
use crate::load::{File, Snapshot};
use crate::model::Kind;
use crate::schema::Schemas;
use crate::yaml::NodeRef;

/// The tree that is judged, as what is compared needs it.
pub(super) struct Surroundings<'a> {
    items: &'a Items<'a>,
    schemas: Arc<Schemas>,
    users: OnceLock<HashMap<String, Vec<&'a str>>>,
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(items: &'a Items<'a>, schemas: Arc<Schemas>) -> Self {
        Self { items, schemas, users: OnceLock::new() }
    }

    /// What changed between two versions of an item that differ.
    pub(super) fn change(&self, item: &str, from: &File, to: &File) -> Change {
        let around = self.around(item, [from, to]);
        let (old, new) = (snapshot(&around, from), snapshot(&around, to));
        let (old, new) = (Side::with(&old, self.schemas.clone()), Side::with(&new, self.schemas.clone()));
        let changes = diff::between(&old, &new);
        let own = changes.iter().find(|change| change.id == item);
        own.map_or(Change::UNKNOWN, |change| Change { class: change.class, less_urgent: change.is_less_urgent })
    }

    /// The files that decide how the item is judged: the scale, the settings, its original; of a journey or instrument, whatever
    /// decides where people end who go through it.
    fn around(&self, item: &str, versions: [&File; 2]) -> BTreeMap<&'a str, &'a File> {
        let mut open: Vec<String> = ["site/site", "site/acuity", policy::original(item)].map(str::to_owned).into();
        if matches!(Kind::split(item), Some((Kind::Journey | Kind::Instrument, _))) {
            open.extend(versions.into_iter().flat_map(named));
            open.extend(self.users().get(item).into_iter().flatten().map(|user| (*user).to_owned()));
        }
        let mut found = BTreeMap::new();
        while let Some(id) = open.pop() {
            let Some((id, other)) = self.items.by_id.get_key_value(&id).filter(|(id, _)| *id != item) else { continue };
            if found.insert(id.as_str(), other.file).is_none() && id.starts_with("journey/") {
                open.extend(named(other.file));
            }
        }
        found
    }

    /// The journeys that use each instrument.
    fn users(&self) -> &HashMap<String, Vec<&'a str>> {
        self.users.get_or_init(|| {
            let mut users: HashMap<String, Vec<&'a str>> = HashMap::new();
            for (id, journey) in self.items.by_id.iter().filter(|(id, _)| id.starts_with("journey/")) {
                let instruments = named(journey.file).into_iter().filter(|other| other.starts_with("instrument/"));
                instruments.for_each(|other| users.entry(other).or_default().push(id));
            }
            users
        })
    }
}

/// The journeys, instruments and outcomes that a file names in its fields.
fn named(file: &File) -> BTreeSet<String> {
    fn collect(node: NodeRef<'_>, found: &mut BTreeSet<String>) {
        let id = node.str().and_then(|text| Kind::split(text).map(|(kind, _)| (kind, text)));
        if let Some((Kind::Journey | Kind::Instrument | Kind::Outcome, id)) = id {
            found.insert(id.to_owned());
        }
        node.entries().for_each(|entry| collect(entry.value, found));
        node.items().for_each(|item| collect(item, found));
    }
    let mut found = BTreeSet::new();
    file.data().into_iter().for_each(|data| collect(data, &mut found));
    found
}

fn snapshot(around: &BTreeMap<&str, &File>, version: &File) -> Snapshot {
    Snapshot::from_files(around.values().copied().chain([version]).cloned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{self, Class};

    const ACUITY: &str = "levels:\n  - {id: now, label: N, says: s, within: w, card: emergency}\n  - {id: urgent, label: U, says: s, within: w, card: urgent}\n  - {id: soon, label: S, says: s, within: w, card: none}\n  - {id: later, label: L, says: s, within: w, card: none}\n";
    const REPOSITORY: [(&str, &str); 6] = [
        ("content/acuity.yaml", ACUITY),
        (
            "content/site.yaml",
            "name: S\nbase_url: https://a.example\norganisation: O\nlanguage: en\ncountry: GB\ndemonstration: true\ntime_zone: Europe/London\n",
        ),
        ("content/outcomes/a.md", "---\ntitle: A\nacuity: urgent\n---\n"),
        ("content/outcomes/b.md", "---\ntitle: B\nacuity: soon\n---\n"),
        (
            "content/instruments/i.yaml",
            "title: I\nanswers: {n: {label: N, points: 0}, y: {label: Y, points: 3}}\nitems: {q: {ask: Q}}\nlicence: {terms: free, source: s, item_text: allowed}\n",
        ),
        (
            "content/journeys/j.yaml",
            "title: J\nstart: u\nsteps:\n  u: {use: instrument/i, go: d}\n  d: {decide: [{when: {score: i, at_least: 3}, go: outcome/a}], otherwise: outcome/b}\n",
        ),
    ];

    fn change(path: &str, old: &str, new: &str) -> (Class, bool) {
        let repository = Snapshot::from_texts(REPOSITORY);
        let (content, schemas) = (model::Content::of(&repository), Arc::new(Schemas::of(&repository)));
        let items = Items::of(&repository, &content, &schemas);
        let (old, new) = (Snapshot::from_texts([(path, old)]), Snapshot::from_texts([(path, new)]));
        let id = model::Identity::of(path).id().unwrap();
        let change = Surroundings::new(&items, schemas).change(&id, &old.files[0], &new.files[0]);
        (change.class, change.less_urgent)
    }

    fn in_repository(path: &str, from: &str, to: &str) -> (Class, bool) {
        let text = REPOSITORY.iter().find(|(other, _)| *other == path).unwrap().1;
        assert!(text.contains(from));
        change(path, text, &text.replace(from, to))
    }

    #[test]
    fn prose_is_editorial_only_where_nothing_else_is_touched() {
        let topic = |old: &str, new: &str| change("content/topics/a.md", old, new);
        assert_eq!(topic("---\ntitle: A\n---\nIt is importent.", "---\ntitle: A\n---\nIt is important."), (Class::Editorial, false));
        assert_eq!(topic("---\ntitle: A\n---\nWait 2 days.", "---\ntitle: A\n---\nWait 3 days."), (Class::Clinical, false));
        let sensitive = |body: &str| format!("---\ntitle: A\nsensitive: [suicide]\n---\n{body}");
        assert_eq!(topic(&sensitive("It is importent."), &sensitive("It is important.")), (Class::Clinical, false));
        assert_eq!(topic("---\ntitle: A\n---\n", "---\ntitle: A\nstatus: draft\n---\n"), (Class::Logic, false));
        let translation = |body: &str| format!("---\ntitle: A\n---\n{body}");
        let urgent = change("content/outcomes/a.cy.md", &translation("It is importent."), &translation("It is important."));
        assert_eq!(urgent, (Class::Clinical, false));
    }

    #[test]
    fn outcomes_are_told_by_rank() {
        let changed = |from: &str, to: &str| in_repository("content/outcomes/b.md", from, to);
        assert_eq!(changed("soon", "later"), (Class::Logic, true));
        assert_eq!(changed("soon", "urgent"), (Class::Logic, false));
        assert_eq!(changed("acuity: soon", "status: draft\nacuity: soon"), (Class::Logic, true));
        assert_eq!(changed("soon\n---\n", "soon\n---\nRest.\n"), (Class::Clinical, false));
    }

    #[test]
    fn journeys_are_told_by_where_people_end() {
        let changed = |from: &str, to: &str| in_repository("content/journeys/j.yaml", from, to);
        assert_eq!(changed("at_least: 3", "at_least: 4"), (Class::Logic, true));
        assert_eq!(changed("at_least: 3", "at_least: 0"), (Class::Logic, false));
        assert_eq!(changed("at_least: 3", "at_least: 2"), (Class::Clinical, false));
        assert_eq!(changed("outcome/b", "outcome/gone"), (Class::Logic, true));
    }

    #[test]
    fn instruments_are_told_by_the_journeys_that_use_them() {
        let changed = |from: &str, to: &str| in_repository("content/instruments/i.yaml", from, to);
        assert_eq!(changed("points: 3", "points: 2"), (Class::Logic, true));
        assert_eq!(changed("points: 3", "points: 4"), (Class::Logic, false));
        assert_eq!(changed("label: Y", "label: Yes"), (Class::Logic, false));
    }

    #[test]
    fn the_scale_and_the_policy_are_logic() {
        let swapped = ACUITY.replace("id: soon", "id: x").replace("id: later", "id: soon").replace("id: x", "id: later");
        assert_eq!(change("content/acuity.yaml", ACUITY, &swapped), (Class::Logic, true));
        assert_eq!(in_repository("content/acuity.yaml", "label: L", "label: M"), (Class::Logic, false));
        assert_eq!(change("reviews/policy.yaml", "version: 1\n", "version: 2\n"), (Class::Logic, false));
        assert_eq!(change("site-templates/a.html", "<p>", "<b>"), (Class::Logic, false));
        assert_eq!(change("content/wording.yaml", "rules: []\n", "rules: [a]\n"), (Class::Clinical, false));
    }
}
