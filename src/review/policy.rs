//! Which rules of the policy a change meets.

use super::class::Change;
use crate::model::{Class, DependencyChanged, OnExpiry, Policy, PolicyRule};

/// The kind of an id: the word before the first `/`.
pub(super) fn kind(id: &str) -> &str {
    id.split('/').next().unwrap_or(id)
}

/// The id without the language of a translation.
pub(super) fn original(id: &str) -> &str {
    match id.split_once('/') {
        Some(("template" | "schema", _)) | None => id,
        Some((_, name)) => &id[..id.len() - name.split_once('.').map_or(0, |(_, language)| language.len() + 1)],
    }
}

/// Whether a rule is for this item at all.
pub fn scope_fits(rule: &PolicyRule<'_>, id: &str) -> bool {
    rule.scope.as_ref().is_none_or(|scope| {
        scope.kind.iter().any(|k| k.value == kind(id)) || scope.item.iter().any(|i| i.value == id || i.value == original(id))
    })
}

/// Whether a rule is for this change of this item.
pub fn applies(rule: &PolicyRule<'_>, id: &str, change: Change) -> bool {
    change.class > Class::None
        && scope_fits(rule, id)
        && rule.class.is_none_or(|least| change.class >= least)
        && (rule.less_urgent != Some(true) || change.less_urgent)
}

/// What a map by kind says of an id.
fn by_kind<'m, T>(map: &'m std::collections::BTreeMap<&str, T>, id: &str) -> Option<&'m T> {
    map.get(kind(id)).or_else(|| map.get("default"))
}

/// What the change of this embedded item means for those that embed it.
pub(super) fn dependency_changed(policy: &Policy<'_>, id: &str) -> DependencyChanged {
    by_kind(&policy.dependency_changed, id).copied().unwrap_or(DependencyChanged::Reapprove)
}

/// What happens when the time of an item's review is over.
pub(super) fn on_expiry(policy: &Policy<'_>, id: &str) -> OnExpiry {
    by_kind(&policy.on_expiry, id).copied().unwrap_or(OnExpiry::Keep)
}

/// For how long a review of the whole item counts: `12 months` as a span.
pub(super) fn valid_for(policy: &Policy<'_>, id: &str) -> Option<jiff::Span> {
    let text = by_kind(&policy.valid_for, id)?.value;
    let (number, unit) = text.split_once(' ')?;
    let number: i64 = number.parse().ok().filter(|n| *n <= 9999)?;
    match unit.trim_end_matches('s') {
        "day" => Some(jiff::Span::new().days(number)),
        "week" => Some(jiff::Span::new().weeks(number)),
        "month" => Some(jiff::Span::new().months(number)),
        "year" => Some(jiff::Span::new().years(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_a_kind_and_an_original() {
        assert_eq!((kind("topic/sleep.bn"), original("topic/sleep.bn")), ("topic", "topic/sleep"));
        assert_eq!((kind("template/a/b.html"), original("template/a/b.html")), ("template", "template/a/b.html"));
        assert_eq!(original("site/acuity"), "site/acuity");
    }
}
