//! Where a link of a body leads on the page, if anywhere.

use crate::model::Kind;
use crate::site::plan::Plan;
use crate::site::shared::Facts;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Destination {
    /// Here: the address as it stands in the page, not yet escaped.
    To(String),
    /// Nowhere that a page may lead: its words stay, the link goes.
    Nowhere,
}

/// Schemes that a link may have; anything else could run in the page or hide where it goes.
const SCHEMES: [&str; 5] = ["https:", "http:", "mailto:", "tel:", "sms:"];

/// Works out a destination, as seen from a page whose way back to the root is `root`.
pub(super) fn destination<'a>(facts: &Facts<'_, 'a>, language: Option<&'a str>, root: &str, to: &str) -> Destination {
    let (id, fragment) = to.split_once('#').map_or((to, None), |(id, fragment)| (id, Some(fragment)));
    if Kind::split(id).is_some() {
        let Some(item) = facts.plan.find_page(id, language) else { return Destination::Nowhere };
        let fragment = fragment.map(|f| format!("#{f}")).unwrap_or_default();
        return Destination::To(format!("{root}{}{fragment}", Plan::path(item)));
    }
    let lower = to.to_ascii_lowercase();
    if id.is_empty() && fragment.is_some() || SCHEMES.iter().any(|scheme| lower.starts_with(scheme)) {
        return Destination::To(to.to_owned());
    }
    Destination::Nowhere
}
