//! What differs between two documents: maps by key, lists by what their items are and not by where they stand.
//!
//! YAML's layout is no difference, since trees of values are compared. Knows the marks of schemas, but no kinds.

use serde_json::Value;

use crate::schema::Cursor;
use crate::source::Span;
use crate::yaml::{NodeRef, Type};

/// One difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The keys and positions that lead there; positions are those of the newer document, of a thing removed the older's.
    pub path: Vec<String>,
    /// What stood there; `None` for what is new.
    pub from: Option<Value>,
    /// What stands there; `None` for what is gone.
    pub to: Option<Value>,
    /// The same things in another order: `from` and `to` are their names.
    pub is_order: bool,
    /// The schema marks it as prose whose wording an editor may put right.
    pub is_editorial: bool,
    /// Where it stands in the newer document.
    pub place: Option<Span>,
}

impl Field {
    /// The path as a JSON pointer (RFC 6901).
    pub fn pointer(&self) -> String {
        self.path.iter().map(|part| format!("/{}", part.replace('~', "~0").replace('/', "~1"))).collect()
    }

    /// The path as parts that a pattern can match.
    pub fn parts(&self) -> Vec<&str> {
        self.path.iter().map(String::as_str).collect()
    }
}

/// Every difference between two documents, in the order of the newer one; what is gone comes last in its map or list.
pub fn differences(cursor: Option<Cursor<'_>>, from: Option<NodeRef<'_>>, to: Option<NodeRef<'_>>) -> Vec<Field> {
    let mut walk = Walk { path: Vec::new(), found: Vec::new() };
    walk.compare(cursor, from, to);
    walk.found
}

struct Walk {
    path: Vec<String>,
    found: Vec<Field>,
}

impl Walk {
    fn compare(&mut self, at: Option<Cursor<'_>>, from: Option<NodeRef<'_>>, to: Option<NodeRef<'_>>) {
        match (from, to) {
            (Some(a), Some(b)) if a.ty() == Type::Map && b.ty() == Type::Map => self.maps(at, a, b),
            (Some(a), Some(b)) if a.ty() == Type::List && b.ty() == Type::List => self.lists(at, a, b),
            (Some(a), Some(b)) if a.to_json() == b.to_json() => {}
            (None, None) => {}
            _ => self.push(at, from.map(NodeRef::to_json), to.map(NodeRef::to_json), false, to),
        }
    }

    fn push(&mut self, at: Option<Cursor<'_>>, from: Option<Value>, to: Option<Value>, is_order: bool, node: Option<NodeRef<'_>>) {
        let is_editorial = at.is_some_and(Cursor::is_editorial);
        self.found.push(Field { path: self.path.clone(), from, to, is_order, is_editorial, place: node.map(NodeRef::span) });
    }

    fn inside(&mut self, part: impl Into<String>, work: impl FnOnce(&mut Self)) {
        self.path.push(part.into());
        work(self);
        self.path.pop();
    }

    fn maps(&mut self, at: Option<Cursor<'_>>, a: NodeRef<'_>, b: NodeRef<'_>) {
        // A step or answer that was renamed says what it `was`.
        let former = |name: &str, node: NodeRef<'_>| -> Option<String> {
            let was = node.get("was").filter(|_| node.ty() == Type::Map)?.str()?;
            (a.get(name).is_none() && b.get(was).is_none() && a.get(was).is_some()).then(|| was.to_owned())
        };
        let mut renamed = Vec::new();
        for entry in b.entries() {
            let next = at.map(|c| c.key(entry.name));
            let was = former(entry.name, entry.value);
            let before = a.get(was.as_deref().unwrap_or(entry.name));
            self.inside(entry.name, |walk| walk.compare(next, before, Some(entry.value)));
            renamed.extend(was.map(|was| (was, entry.name)));
        }
        for entry in a.entries().filter(|e| b.get(e.name).is_none() && !renamed.iter().any(|(was, _)| was == e.name)) {
            let next = at.map(|c| c.key(entry.name));
            self.inside(entry.name, |walk| walk.compare(next, Some(entry.value), None));
        }
        if at.is_some_and(Cursor::is_ordered) {
            let now =
                |name: &str| renamed.iter().find(|(was, _)| was == name).map_or_else(|| name.to_owned(), |(_, now)| (*now).to_owned());
            let before: Vec<String> = a.entries().map(|e| now(e.name)).filter(|n| b.get(n).is_some()).collect();
            let after: Vec<String> = b.entries().map(|e| e.name.to_owned()).filter(|n| before.contains(n)).collect();
            if before != after {
                self.push(at, Some(before.into()), Some(after.into()), true, Some(b));
            }
        }
    }

    fn lists(&mut self, at: Option<Cursor<'_>>, a: NodeRef<'_>, b: NodeRef<'_>) {
        let next = at.map(Cursor::item);
        let (old, new): (Vec<NodeRef<'_>>, Vec<NodeRef<'_>>) = (a.items().collect(), b.items().collect());
        let partner = pair(&old, &new);
        for (n, item) in new.iter().enumerate() {
            self.inside(n.to_string(), |walk| walk.compare(next, partner[n].map(|o| old[o]), Some(*item)));
        }
        for (n, item) in old.iter().enumerate().filter(|(n, _)| !partner.contains(&Some(*n))) {
            self.inside(n.to_string(), |walk| walk.compare(next, Some(*item), None));
        }
        let order: Vec<usize> = partner.iter().flatten().copied().collect();
        if !order.is_sorted() {
            let mut before = order.clone();
            before.sort_unstable();
            let names = |order: &[usize]| order.iter().map(|n| called(old[*n])).collect::<Vec<_>>();
            self.push(at, Some(names(&before).into()), Some(names(&order).into()), true, Some(b));
        }
    }
}

/// For each new item the old one that it was: equal ones first, then those with the same identity, then the most alike.
fn pair(old: &[NodeRef<'_>], new: &[NodeRef<'_>]) -> Vec<Option<usize>> {
    let (olds, news): (Vec<Value>, Vec<Value>) = (old.iter().map(|n| n.to_json()).collect(), new.iter().map(|n| n.to_json()).collect());
    let mut partner: Vec<Option<usize>> = vec![None; new.len()];
    let mut free: Vec<bool> = vec![true; old.len()];
    let mut claim = |partner: &mut Vec<Option<usize>>, is_same: &dyn Fn(&Value, &Value) -> bool| {
        for n in 0..news.len() {
            if partner[n].is_none()
                && let Some(o) = (0..olds.len()).find(|o| free[*o] && is_same(&olds[*o], &news[n]))
            {
                free[o] = false;
                partner[n] = Some(o);
            }
        }
    };
    claim(&mut partner, &|a, b| a == b);
    claim(&mut partner, &|a, b| identity(a).is_some() && identity(a) == identity(b));
    // What is left of maps: the same service with another number, the same branch with another cut.
    for least in (1..=8).rev() {
        claim(&mut partner, &|a, b| identity(a).is_none_or(|_| a.get("type").is_some()) && alike(a, b) >= least);
    }
    partner
}

/// What makes an item of a list the one it is.
fn identity(value: &Value) -> Option<String> {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    match value {
        Value::Object(_) => {
            let address = text("value").or(text("url"));
            let channel = text("type").and_then(|ty| Some(format!("{ty} {}", address?)));
            channel.or_else(|| ["id", "name", "rule", "key", "by"].iter().find_map(|k| text(k)).map(str::to_owned))
        }
        other => Some(other.to_string()),
    }
}

/// How many members two maps share; of two services' channels, or things with a type, only those of the same type.
fn alike(a: &Value, b: &Value) -> usize {
    let (Some(a), Some(b)) = (a.as_object(), b.as_object()) else { return 0 };
    if a.get("type") != b.get("type") {
        return 0;
    }
    a.iter().filter(|(key, value)| b.get(*key) == Some(value)).count()
}

/// A short name for an item of a list.
fn called(node: NodeRef<'_>) -> String {
    let value = node.to_json();
    identity(&value).map_or_else(|| value.to_string(), |name| name.trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Snapshot;
    use crate::schema::Schemas;

    /// `path: from -> to`, a line each.
    fn found(path: &str, from: &str, to: &str) -> String {
        let (old, new) = (Snapshot::from_texts([(path, from)]), Snapshot::from_texts([(path, to)]));
        let schemas = Schemas::of(&new);
        let kind = crate::model::Identity::of(path).schema().unwrap();
        let cursor = schemas.builtin(kind).unwrap().annotations.top();
        let text = |v: &Option<Value>| v.as_ref().map_or("none".to_owned(), Value::to_string);
        let line = |f: &Field| format!("{}{}: {} -> {}\n", f.pointer(), if f.is_order { " order" } else { "" }, text(&f.from), text(&f.to));
        differences(Some(cursor), old.files[0].data(), new.files[0].data()).iter().map(line).collect()
    }

    #[test]
    fn layout_is_no_difference_and_order_only_where_it_counts() {
        assert_eq!(found("content/topics/a.md", "---\ntitle: A\norder: 1\n---\n", "---\norder: 1 # first\ntitle: \"A\"\n---\n"), "");
        let journey = |steps: &str| format!("title: J\nstart: a\nsteps:\n{steps}");
        let (a, b) = ("  a: {say: A, go: b}\n", "  b: {say: B, go: outcome/x}\n");
        let order = "/steps order: [\"a\",\"b\"] -> [\"b\",\"a\"]\n";
        assert_eq!(found("content/journeys/j.yaml", &journey(&format!("{a}{b}")), &journey(&format!("{b}{a}"))), order);
    }

    #[test]
    fn lists_are_compared_by_what_their_items_are() {
        let channels = |list: &str| format!("title: A\nchannels:\n{list}");
        let old = channels(
            "  - {type: phone, value: \"111\", hours: 24/7}\n  - {type: text, value: \"85258\"}\n  - {type: webchat, url: \"https://a\"}\n",
        );
        let new = channels("  - {type: webchat, url: \"https://a\"}\n  - {type: phone, value: \"112\", hours: 24/7}\n");
        let expected = concat!(
            "/channels/1/value: \"111\" -> \"112\"\n",
            "/channels/1: {\"type\":\"text\",\"value\":\"85258\"} -> none\n",
            "/channels order: [\"phone 111\",\"webchat https://a\"] -> [\"webchat https://a\",\"phone 111\"]\n",
        );
        assert_eq!(found("content/resources/a.yaml", &old, &new), expected);
        let topics = |list: &str| format!("---\ntitle: A\ntopics: [{list}]\n---\n");
        let expected = "/topics/0: none -> \"topic/c\"\n/topics/1: \"topic/b\" -> none\n";
        assert_eq!(found("content/topics/a.md", &topics("topic/a, topic/b"), &topics("topic/c, topic/a")), expected);
    }

    #[test]
    fn a_step_that_was_renamed_is_the_same_step() {
        let journey = |steps: &str| format!("title: J\nstart: a\nsteps:\n{steps}");
        let old = journey("  a: {ask: A, answers: {y: {label: Y}}, go: outcome/x}\n");
        let new = journey("  b: {was: a, ask: A, answers: {z: {was: y, label: Y}}, go: outcome/z}\n");
        let expected = concat!(
            "/steps/b/was: none -> \"a\"\n",
            "/steps/b/answers/z/was: none -> \"y\"\n",
            "/steps/b/go: \"outcome/x\" -> \"outcome/z\"\n",
        );
        assert_eq!(found("content/journeys/j.yaml", &old, &new), expected);
    }

    #[test]
    fn branches_and_bands_are_paired() {
        let journey = |cut: i64, more: &str| {
            format!(
                "title: J\nstart: a\nsteps:\n  a:\n    decide:\n{more}      - {{when: {{score: s, at_least: {cut}}}, go: outcome/x}}\n    otherwise: outcome/y\n"
            )
        };
        let more = "      - {when: {score: s, at_least: 20}, go: outcome/z}\n";
        let expected = concat!(
            "/steps/a/decide/0: none -> {\"when\":{\"score\":\"s\",\"at_least\":20},\"go\":\"outcome/z\"}\n",
            "/steps/a/decide/1/when/at_least: 15 -> 14\n",
        );
        assert_eq!(found("content/journeys/j.yaml", &journey(15, ""), &journey(14, more)), expected);
    }
}
