//! One sitting of the court: an item is judged by its votes, and by how what it embeds is judged.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::class::{self, Change};
use super::court::Court;
use super::items::Reviewed;
use super::lineage::{Lineage, Version};
use super::matching::{self, Missing};
use super::policy;
use super::published::Approval;
use super::status::{Debt, Judgement, Need, State, hours_after};
use super::suspension;
use super::votes::Vote;
use crate::load::history::Author;
use crate::model::{Card, Class, DependencyChanged, OnExpiry, Status};

/// Judges items that may embed each other: each once.
pub(super) struct Sitting<'s, 'c> {
    court: &'s Court<'c>,
    known: RefCell<HashMap<String, Judgement>>,
    /// What is being judged: an item that comes up again is in a circle of link cards.
    open: RefCell<HashSet<String>>,
}

/// What a version has and lacks.
struct Tally<'v, 'a> {
    met: Vec<usize>,
    counted: Vec<&'v Vote<'a>>,
    missing: Vec<Missing>,
    authors: Vec<String>,
    strangers: Vec<Author>,
    is_covered: bool,
}

impl Tally<'_, '_> {
    fn is_filled(&self) -> bool {
        self.is_covered && self.missing.is_empty() && (self.met.is_empty() || self.strangers.is_empty())
    }
}

impl<'s, 'c> Sitting<'s, 'c> {
    pub(super) fn new(court: &'s Court<'c>) -> Self {
        Self { court, known: RefCell::default(), open: RefCell::default() }
    }

    /// The judgement of one item.
    pub(super) fn judge(&self, id: &str) -> Judgement {
        if let Some(known) = self.known.borrow().get(id) {
            return known.clone();
        }
        self.open.borrow_mut().insert(id.to_owned());
        let judgement = self.work_out(id);
        self.open.borrow_mut().remove(id);
        self.known.borrow_mut().insert(id.to_owned(), judgement.clone());
        judgement
    }

    /// Whether an embedded item's own approval is good as it now is.
    fn is_good(&self, id: &str) -> bool {
        self.open.borrow().contains(id) || self.judge(id).is_approved
    }

    fn work_out(&self, id: &str) -> Judgement {
        let item = self.court.items.get(id);
        let print = item.and_then(|i| i.fingerprint.clone());
        let version = Version { print: print.clone(), dependencies: self.dependencies(id, item) };
        let lineage = self.lineage(id);
        let tally = self.tally(id, &version, &lineage);
        let is_unreadable = item.is_some_and(|i| i.fingerprint.is_none());
        let is_emergency = lineage.emergencies.iter().any(|v| self.carries(id, &Version::of(v), &version));
        let was_retired = item.is_some_and(|i| i.status == Status::Retired)
            && !self.court.trusted.is_some_and(|t| t.get(id).is_some_and(Reviewed::is_live));
        let (reviewed, due) = self.age(id, &lineage);
        let mut judgement = Judgement {
            id: id.to_owned(),
            state: State::Approved,
            is_approved: !is_unreadable && lineage.requests.is_empty() && (tally.is_filled() || is_emergency || was_retired),
            fingerprint: print,
            dependencies: version.dependencies.clone(),
            from: lineage.last.as_ref().and_then(|v| v.print.clone()),
            from_dependencies: lineage.last.as_ref().map(|v| v.dependencies.clone()).unwrap_or_default(),
            change: self.change(id, lineage.last.as_ref(), &version),
            needs: Vec::new(),
            notes: Vec::new(),
            debts: Vec::new(),
            reviewed,
            due,
            approvals: tally.counted.iter().chain(&lineage.emergencies).map(|v| Approval::of(v)).collect(),
        };
        if is_unreadable {
            judgement.notes.push("it cannot be read; `signpost check` says why".to_owned());
        }
        let is_done = tally.is_filled() || was_retired;
        if !is_done {
            judgement.needs = self.needs(&tally);
            judgement.notes.extend(self.hindrances(&tally));
        }
        let expired = due.filter(|due| self.today() > *due && !was_retired);
        judgement.state = self.state(id, &judgement, &lineage, &tally, &version, is_done, expired.is_some(), was_retired);
        if let Some(due) = expired {
            if policy::on_expiry(self.court.policy, id) == OnExpiry::Block {
                judgement.is_approved = false;
                judgement.notes.push(format!("its review was due on {due}; approve it with `--scope whole`"));
            }
            let debt = Debt::of(id, format!("a review of the whole item, due on {due}"), end_of(due), self.court.now);
            judgement.debts.push(Debt { is_expiry: true, ..debt });
        }
        if is_emergency && !tally.is_filled() {
            let vote = lineage.emergencies.last();
            let due = vote.map_or(self.court.now, |v| hours_after(self.court.policy, v.at));
            judgement.debts.push(Debt::of(id, "independent approval of an emergency change".to_owned(), due, self.court.now));
        }
        let (notes, debts) = suspension::owed(id, &lineage.suspensions, self.court.policy, self.court.now);
        judgement.notes.extend(notes);
        judgement.debts.extend(debts);
        judgement.notes.extend(self.court.votes.on(id).iter().filter_map(|v| {
            let why = v.ignored.as_ref()?;
            Some(format!("a record by {} does not count: {why}", v.person()))
        }));
        judgement
    }

    #[expect(clippy::too_many_arguments, reason = "each is one thing that a state is told by")]
    fn state(
        &self,
        id: &str,
        judgement: &Judgement,
        lineage: &Lineage<'_, '_>,
        tally: &Tally<'_, '_>,
        version: &Version,
        is_done: bool,
        is_expired: bool,
        was_retired: bool,
    ) -> State {
        let names = |votes: &[&Vote<'_>]| votes.iter().map(|v| v.person().to_owned()).collect::<BTreeSet<_>>().into_iter().collect();
        if !lineage.requests.is_empty() {
            return State::ChangesRequested(names(&lineage.requests));
        }
        if !lineage.suspensions.is_empty() {
            let channels = lineage.suspensions.iter().filter_map(|v| Some(v.entry.record.channel?.value.to_owned()));
            return State::Suspended(channels.collect::<BTreeSet<_>>().into_iter().collect());
        }
        if was_retired || (is_done && self.court.items.get(id).is_none_or(|i| i.status == Status::Retired)) {
            return State::Retired;
        }
        if is_done && is_expired {
            return State::Expired;
        }
        if is_done || judgement.is_approved {
            return State::Approved;
        }
        if !tally.counted.is_empty() {
            return State::PartlyApproved;
        }
        match &lineage.last {
            None => State::Unreviewed,
            Some(last) if last.print == version.print => {
                let ids = last.dependencies.keys().chain(version.dependencies.keys());
                let changed = ids.filter(|d| last.dependencies.get(*d) != version.dependencies.get(*d));
                State::Recheck(changed.map(|d| d.trim_end_matches("#acuity").to_owned()).collect::<BTreeSet<_>>().into_iter().collect())
            }
            Some(_) => State::Changed(judgement.change.class),
        }
    }

    fn dependencies(&self, id: &str, item: Option<&Reviewed<'_>>) -> BTreeMap<String, String> {
        if item.is_some() { self.court.embeds.dependencies(id, self.court.items) } else { BTreeMap::new() }
    }

    /// Plays through the votes on an item.
    fn lineage(&self, id: &str) -> Lineage<'c, 'c> {
        let mut lineage = Lineage::new(self.court.policy.rules.len());
        for vote in self.court.votes.on(id).iter().filter(|v| v.ignored.is_none()) {
            let roles = self.court.policy.emergency.as_ref().map_or(&[] as &[_], |e| e.roles.as_slice());
            if !lineage.take(vote, roles.iter().any(|r| r.value == vote.role())) {
                continue;
            }
            let version = Version::of(vote);
            let tally = self.tally(id, &version, &lineage);
            if tally.is_filled() {
                lineage.approve(version, &tally.met, &tally.counted);
            }
        }
        lineage
    }

    fn tally<'v, 'a>(&self, id: &str, version: &Version, lineage: &Lineage<'v, 'a>) -> Tally<'v, 'a> {
        let emergency = lineage.emergency();
        let since = |base: Option<&Version>| {
            let change = self.change(id, base, version);
            emergency.as_ref().map_or(change, |e| change.and(self.change(id, Some(e), version)))
        };
        let mut needs: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut met, mut bases) = (Vec::new(), Vec::new());
        let mut last: Option<(Option<&Version>, Change)> = None;
        for (number, rule) in self.court.policy.rules.iter().enumerate().filter(|(_, rule)| policy::scope_fits(rule, id)) {
            let base = lineage.bases[number].as_ref();
            // Most rules have the same base: compare once.
            let change = last.filter(|(other, _)| *other == base).map_or_else(|| since(base), |(_, change)| change);
            last = Some((base, change));
            if policy::applies(rule, id, change) {
                met.push(number);
                bases.push(base);
                for (role, count) in rule.needs.iter() {
                    let count = usize::try_from(count.value).unwrap_or(usize::MAX);
                    needs.entry(role.value).and_modify(|n| *n = (*n).max(count)).or_insert(count);
                }
            }
        }
        let is_changed = since(lineage.last.as_ref()).class > Class::None;
        let is_covered = !(is_changed && met.is_empty());
        let (mut authors, mut strangers) = (Vec::new(), Vec::new());
        if !met.is_empty() && self.court.policy.authors_may_approve != Some(true) {
            bases.dedup();
            for base in bases {
                for author in self.court.past.authors(id, base.and_then(|b| b.print.as_deref()), version.print.as_deref()) {
                    let mut known: Vec<String> = self.court.people.who(&author).map(|s| s.person.id.value.to_owned()).collect();
                    if known.is_empty() && !strangers.contains(&author) {
                        strangers.push(author);
                    }
                    authors.append(&mut known);
                }
            }
            authors.sort();
            authors.dedup();
        }
        let emergency_by: Vec<&str> = lineage.emergencies.iter().map(|v| v.person()).collect();
        let counts = |vote: &&&'v Vote<'a>| {
            let is_author = authors.iter().any(|a| a == vote.person());
            !is_author && !emergency_by.contains(&vote.person()) && self.carries(id, &Version::of(vote), version)
        };
        let counted: Vec<&'v Vote<'a>> = lineage.pending.iter().filter(counts).copied().collect();
        let signed: Vec<(&str, &str)> = counted.iter().map(|v| (v.person(), v.role())).collect();
        let missing = matching::fill(&needs, &signed, self.court.policy.distinct_people != Some(false));
        Tally { met, counted, missing, authors, strangers, is_covered }
    }

    /// What changed from one version of an item to another, its dependencies included.
    fn change(&self, id: &str, from: Option<&Version>, to: &Version) -> Change {
        let content = self.court.past.change(id, from.and_then(|f| f.print.as_deref()), to.print.as_deref());
        let Some(from) = from else { return content };
        let dependencies = from.dependencies.keys().chain(to.dependencies.keys()).collect::<BTreeSet<_>>();
        dependencies.into_iter().fold(content, |change, dependency| {
            match (from.dependencies.get(dependency), to.dependencies.get(dependency)) {
                (Some(old), Some(new)) if old == new => change,
                (old, new) if dependency.ends_with("#acuity") => change.and(rank_change(old, new)),
                (Some(old), Some(new)) => change.and(self.dependency_change(id, dependency, old, new)),
                // What came or went did so by a change of the item or of something that it embeds, which is counted there.
                _ => change,
            }
        })
    }

    fn dependency_change(&self, id: &str, dependency: &str, old: &str, new: &str) -> Change {
        if !old.starts_with("sha256:") || !new.starts_with("sha256:") {
            return Change::UNKNOWN;
        }
        let is_card = self.court.embeds.is_card(id, dependency);
        if !is_card && policy::dependency_changed(self.court.policy, dependency) == DependencyChanged::Reapprove {
            return self.court.past.change(dependency, Some(old), Some(new));
        }
        let is_now = self.court.items.get(dependency).and_then(|i| i.fingerprint.as_deref()) == Some(new);
        let stands = !is_now || self.is_good(dependency);
        let loses = dependency.starts_with("resource/") && self.is_urgent(id) && self.court.past.loses(dependency, old, new);
        if stands && !loses { Change::NONE } else { self.court.past.change(dependency, Some(old), Some(new)) }
    }

    /// Whether an approval of one version is one of the other: the same item, and what it embeds carries.
    fn carries(&self, id: &str, from: &Version, to: &Version) -> bool {
        from.print == to.print && (from.dependencies == to.dependencies || self.change(id, Some(from), to).class == Class::None)
    }

    /// Whether an item has an urgent ending or card.
    fn is_urgent(&self, id: &str) -> bool {
        let Some(item) = self.court.content.get(policy::original(id)) else { return false };
        let is_urgent = |card: Card| matches!(card, Card::Emergency | Card::Urgent);
        let levels = self.court.content.acuity.as_ref().map_or(&[] as &[_], |a| a.levels.as_slice());
        let of_level = |level: &str| levels.iter().find(|l| l.id.value == level).is_none_or(|l| is_urgent(l.card));
        let endings = self.court.embeds.dependencies(id, self.court.items);
        item.outcome().is_some_and(|o| of_level(o.acuity.value))
            || endings.iter().any(|(key, value)| key.ends_with("#acuity") && of_level(value.split('@').next().unwrap_or("")))
            || item.body().is_some_and(|b| b.cards.iter().any(|c| c.marker.is_care_card() && c.marker.word() != "NON-URGENT"))
    }

    fn needs(&self, tally: &Tally<'_, '_>) -> Vec<Need> {
        let used: Vec<&str> = tally.counted.iter().map(|v| v.person()).collect();
        let need = |missing: &Missing| {
            let can = self.court.people.all.iter().filter(|s| s.has_role(&missing.role) && s.has_active_key());
            let can = can.map(|s| s.person.id.value).filter(|id| !used.contains(id) && !tally.authors.iter().any(|a| a == id));
            Need { missing: missing.clone(), from: can.map(str::to_owned).collect() }
        };
        tally.missing.iter().map(need).collect()
    }

    /// What stands in the way of an approval other than that it is not there.
    fn hindrances(&self, tally: &Tally<'_, '_>) -> Vec<String> {
        let mut notes = Vec::new();
        if !tally.is_covered {
            notes.push("no rule of the policy is for this change, so nobody can approve it".to_owned());
        }
        for author in &tally.strangers {
            notes.push(format!(
                "it was written by {} <{}>, whom reviewers.yaml does not know: add that name or address to the person's entry, so that nobody approves their own change",
                author.name, author.email
            ));
        }
        // Who wrote it matters to those who wait for that person.
        let has_missing = |id: &&String| self.court.people.get(id).is_some_and(|s| tally.missing.iter().any(|m| s.has_role(&m.role)));
        let authors: Vec<&str> = tally.authors.iter().filter(has_missing).map(String::as_str).collect();
        if !authors.is_empty() {
            notes.push(format!("written by {}, who cannot approve it", authors.join(", ")));
        }
        notes
    }

    /// The day of the last review of the whole item, and that of the next.
    fn age(&self, id: &str, lineage: &Lineage<'_, '_>) -> (Option<Date>, Option<Date>) {
        let first = class::whole(policy::original(id), false);
        let mut needs: BTreeMap<&str, usize> = BTreeMap::new();
        for rule in self.court.policy.rules.iter().filter(|rule| policy::applies(rule, id, first)) {
            for (role, count) in rule.needs.iter() {
                let count = usize::try_from(count.value).unwrap_or(usize::MAX);
                needs.entry(role.value).and_modify(|n| *n = (*n).max(count)).or_insert(count);
            }
        }
        // The newest reviews that together have what a new item needs; it is as old as the oldest of them.
        let mut whole = lineage.whole.clone();
        whole.sort_by_key(|v| std::cmp::Reverse(v.at));
        let signed: Vec<(&str, &str)> = whole.iter().map(|v| (v.person(), v.role())).collect();
        let is_distinct = self.court.policy.distinct_people != Some(false);
        let enough = (1..=signed.len()).find(|n| matching::fill(&needs, &signed[..*n], is_distinct).is_empty());
        let oldest = enough.map_or_else(|| whole.last(), |n| whole.get(n - 1));
        let Some(reviewed) = oldest.map(|v| v.at.to_zoned(TimeZone::UTC).date()) else { return (None, None) };
        let by_policy = policy::valid_for(self.court.policy, id).and_then(|span| reviewed.checked_add(span).ok());
        let own = self.court.content.get(policy::original(id)).and_then(|i| i.common.review_by?.value.parse::<Date>().ok());
        (Some(reviewed), [by_policy, own].into_iter().flatten().min())
    }

    fn today(&self) -> Date {
        self.court.now.to_zoned(TimeZone::UTC).date()
    }
}

/// The end of a day.
fn end_of(day: Date) -> Timestamp {
    let next = day.tomorrow().unwrap_or(day).to_zoned(TimeZone::UTC);
    next.map_or(Timestamp::MAX, |z| z.timestamp())
}

/// The same ending on another rank is a move, though no answer and no text changed.
fn rank_change(old: Option<&String>, new: Option<&String>) -> Change {
    let rank = |value: Option<&String>| value.and_then(|v| v.rsplit('@').next()?.parse::<usize>().ok());
    let less_urgent = match (rank(old), rank(new)) {
        (Some(old), Some(new)) => new > old,
        _ => true,
    };
    Change { class: Class::Logic, less_urgent }
}
