//! The state of every item: what is approved, what is missing and from whom, and what is owed. Worked out anew each time.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::class::{self, Change};
use super::depends::Embeds;
use super::items::{Items, Reviewed};
use super::lineage::{Lineage, Version};
use super::matching::{self, Missing};
use super::past::Past;
use super::people::People;
use super::policy;
use super::published::Approval;
use super::suspension;
use super::votes::{Vote, Votes};
use crate::load::history::Author;
use crate::model::{Card, Class, Content, DependencyChanged, OnExpiry, Policy, Status};

/// Where an item stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Everything that it needs is there.
    Approved,
    /// Some of what it needs is there.
    PartlyApproved,
    /// Nobody has approved any version.
    Unreviewed,
    /// Changed since its approval, by so much.
    Changed(Class),
    /// These embedded items changed.
    Recheck(Vec<String>),
    /// The time of its review is over.
    Expired,
    /// These people asked for changes.
    ChangesRequested(Vec<String>),
    /// Taken from every page, as a whole or by these channels.
    Suspended(Vec<String>),
    /// No longer offered, and approved as such.
    Retired,
}

impl State {
    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::PartlyApproved => "partly-approved",
            Self::Unreviewed => "unreviewed",
            Self::Changed(_) => "changed",
            Self::Recheck(_) => "recheck",
            Self::Expired => "expired",
            Self::ChangesRequested(_) => "changes-requested",
            Self::Suspended(_) => "suspended",
            Self::Retired => "retired",
        }
    }
}

/// An approval that is missing, and who could give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The role, and how many.
    pub missing: Missing,
    /// The ids of people who could.
    pub from: Vec<String>,
}

/// Something that is published and owes something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Debt {
    /// The item.
    pub item: String,
    /// What is owed, in words.
    pub owes: String,
    /// Until when it was, or is, to be paid.
    pub due: Timestamp,
    /// That time is over.
    pub is_overdue: bool,
    /// Nothing but the clock brought it about: a review ran out.
    pub is_expiry: bool,
}

/// What is known of an item.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// Its id.
    pub id: String,
    /// Where it stands.
    pub state: State,
    /// Whether it may be published.
    pub is_approved: bool,
    /// What it is now; `None` where it is gone.
    pub fingerprint: Option<String>,
    /// What it depends on now.
    pub dependencies: BTreeMap<String, String>,
    /// The version that was approved last.
    pub from: Option<String>,
    /// What that version depended on.
    pub from_dependencies: BTreeMap<String, String>,
    /// What changed since then.
    pub change: Change,
    /// What is missing.
    pub needs: Vec<Need>,
    /// What else there is to say, in words.
    pub notes: Vec<String>,
    /// What is owed.
    pub debts: Vec<Debt>,
    /// The day of the last review of the whole item.
    pub reviewed: Option<Date>,
    /// The day by which the next one is due.
    pub due: Option<Date>,
    /// Who approved the version that is there.
    pub approvals: Vec<Approval>,
}

/// Everything that judging needs.
pub struct Court<'c> {
    /// The trusted policy.
    pub policy: &'c Policy<'c>,
    /// The trusted people.
    pub people: &'c People<'c>,
    /// The records that count.
    pub votes: &'c Votes<'c>,
    /// The items that are judged.
    pub items: &'c Items<'c>,
    /// Their content.
    pub content: &'c Content<'c>,
    /// What they embed.
    pub embeds: &'c Embeds,
    /// The items of the trusted revision.
    pub trusted: Option<&'c Items<'c>>,
    /// Earlier versions.
    pub past: &'c dyn Past,
    /// The moment that dates are held against.
    pub now: Timestamp,
    /// What was judged already.
    pub known: RefCell<HashMap<String, Judgement>>,
    /// What is being judged: an item that comes up again is in a circle of link cards.
    pub open: RefCell<HashSet<String>>,
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

impl<'c> Court<'c> {
    /// The items that have to be approved: those that are live here or in the trusted revision.
    pub fn subjects(&self) -> Vec<String> {
        let live = |items: &Items<'_>| items.by_id.values().filter(|i| i.is_live()).map(|i| i.id.clone()).collect::<BTreeSet<_>>();
        let mut ids = live(self.items);
        ids.extend(self.trusted.map(live).unwrap_or_default());
        ids.extend(self.items.by_id.values().filter(|i| i.status == Status::Retired).map(|i| i.id.clone()));
        ids.into_iter().collect()
    }

    /// The judgement of one item.
    pub fn judge(&self, id: &str) -> Judgement {
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
        let item = self.items.get(id);
        let print = item.and_then(|i| i.fingerprint.clone());
        let version = Version { print: print.clone(), dependencies: self.dependencies(id, item) };
        let lineage = self.lineage(id);
        let tally = self.tally(id, &version, &lineage);
        let is_unreadable = item.is_some_and(|i| i.fingerprint.is_none());
        let is_emergency = lineage.emergencies.iter().any(|v| self.carries(id, &Version::of(v), &version));
        let was_retired =
            item.is_some_and(|i| i.status == Status::Retired) && !self.trusted.is_some_and(|t| t.get(id).is_some_and(Reviewed::is_live));
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
            if policy::on_expiry(self.policy, id) == OnExpiry::Block {
                judgement.is_approved = false;
                judgement.notes.push(format!("its review was due on {due}; approve it with `--scope whole`"));
            }
            let debt = Debt::of(id, format!("a review of the whole item, due on {due}"), end_of(due), self.now);
            judgement.debts.push(Debt { is_expiry: true, ..debt });
        }
        if is_emergency && !tally.is_filled() {
            let vote = lineage.emergencies.last();
            let due = vote.map_or(self.now, |v| hours_after(self.policy, v.at));
            judgement.debts.push(Debt::of(id, "independent approval of an emergency change".to_owned(), due, self.now));
        }
        let (notes, debts) = suspension::owed(id, &lineage.suspensions, self.policy, self.now);
        judgement.notes.extend(notes);
        judgement.debts.extend(debts);
        judgement.notes.extend(self.votes.on(id).iter().filter_map(|v| {
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
        if was_retired || (is_done && self.items.get(id).is_none_or(|i| i.status == Status::Retired)) {
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
        if item.is_some() { self.embeds.dependencies(id, self.items) } else { BTreeMap::new() }
    }

    /// Plays through the votes on an item.
    fn lineage(&self, id: &str) -> Lineage<'c, 'c> {
        let mut lineage = Lineage::new(self.policy.rules.len());
        for vote in self.votes.on(id).iter().filter(|v| v.ignored.is_none()) {
            let roles = self.policy.emergency.as_ref().map_or(&[] as &[_], |e| e.roles.as_slice());
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
        for (number, rule) in self.policy.rules.iter().enumerate().filter(|(_, rule)| policy::scope_fits(rule, id)) {
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
        if !met.is_empty() && self.policy.authors_may_approve != Some(true) {
            bases.dedup();
            for base in bases {
                for author in self.past.authors(id, base.and_then(|b| b.print.as_deref()), version.print.as_deref()) {
                    let mut known: Vec<String> = self.people.who(&author).map(|s| s.person.id.value.to_owned()).collect();
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
        let missing = matching::fill(&needs, &signed, self.policy.distinct_people != Some(false));
        Tally { met, counted, missing, authors, strangers, is_covered }
    }

    /// What changed from one version of an item to another, its dependencies included.
    fn change(&self, id: &str, from: Option<&Version>, to: &Version) -> Change {
        let content = self.past.change(id, from.and_then(|f| f.print.as_deref()), to.print.as_deref());
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
        let is_card = self.embeds.is_card(id, dependency);
        if !is_card && policy::dependency_changed(self.policy, dependency) == DependencyChanged::Reapprove {
            return self.past.change(dependency, Some(old), Some(new));
        }
        let is_now = self.items.get(dependency).and_then(|i| i.fingerprint.as_deref()) == Some(new);
        let stands = !is_now || self.is_good(dependency);
        let loses = dependency.starts_with("resource/") && self.is_urgent(id) && self.past.loses(dependency, old, new);
        if stands && !loses { Change::NONE } else { self.past.change(dependency, Some(old), Some(new)) }
    }

    /// Whether an approval of one version is one of the other: the same item, and what it embeds carries.
    fn carries(&self, id: &str, from: &Version, to: &Version) -> bool {
        from.print == to.print && (from.dependencies == to.dependencies || self.change(id, Some(from), to).class == Class::None)
    }

    /// Whether an item has an urgent ending or card.
    fn is_urgent(&self, id: &str) -> bool {
        let Some(item) = self.content.get(policy::original(id)) else { return false };
        let is_urgent = |card: Card| matches!(card, Card::Emergency | Card::Urgent);
        let levels = self.content.acuity.as_ref().map_or(&[] as &[_], |a| a.levels.as_slice());
        let of_level = |level: &str| levels.iter().find(|l| l.id.value == level).is_none_or(|l| is_urgent(l.card));
        let endings = self.embeds.dependencies(id, self.items);
        item.outcome().is_some_and(|o| of_level(o.acuity.value))
            || endings.iter().any(|(key, value)| key.ends_with("#acuity") && of_level(value.split('@').next().unwrap_or("")))
            || item.body().is_some_and(|b| b.cards.iter().any(|c| c.marker.is_care_card() && c.marker.word() != "NON-URGENT"))
    }

    fn needs(&self, tally: &Tally<'_, '_>) -> Vec<Need> {
        let used: Vec<&str> = tally.counted.iter().map(|v| v.person()).collect();
        let need = |missing: &Missing| {
            let can = self.people.all.iter().filter(|s| s.has_role(&missing.role) && s.has_active_key());
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
        let has_missing = |id: &&String| self.people.get(id).is_some_and(|s| tally.missing.iter().any(|m| s.has_role(&m.role)));
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
        for rule in self.policy.rules.iter().filter(|rule| policy::applies(rule, id, first)) {
            for (role, count) in rule.needs.iter() {
                let count = usize::try_from(count.value).unwrap_or(usize::MAX);
                needs.entry(role.value).and_modify(|n| *n = (*n).max(count)).or_insert(count);
            }
        }
        // The newest reviews that together have what a new item needs; it is as old as the oldest of them.
        let mut whole = lineage.whole.clone();
        whole.sort_by_key(|v| std::cmp::Reverse(v.at));
        let signed: Vec<(&str, &str)> = whole.iter().map(|v| (v.person(), v.role())).collect();
        let is_distinct = self.policy.distinct_people != Some(false);
        let enough = (1..=signed.len()).find(|n| matching::fill(&needs, &signed[..*n], is_distinct).is_empty());
        let oldest = enough.map_or_else(|| whole.last(), |n| whole.get(n - 1));
        let Some(reviewed) = oldest.map(|v| v.at.to_zoned(TimeZone::UTC).date()) else { return (None, None) };
        let by_policy = policy::valid_for(self.policy, id).and_then(|span| reviewed.checked_add(span).ok());
        let own = self.content.get(policy::original(id)).and_then(|i| i.common.review_by?.value.parse::<Date>().ok());
        (Some(reviewed), [by_policy, own].into_iter().flatten().min())
    }

    fn today(&self) -> Date {
        self.now.to_zoned(TimeZone::UTC).date()
    }
}

impl Debt {
    pub(super) fn of(id: &str, owes: String, due: Timestamp, now: Timestamp) -> Self {
        Self { item: id.to_owned(), owes, due, is_overdue: now > due, is_expiry: false }
    }
}

/// The end of the hours that the policy gives until somebody else signs.
pub(super) fn hours_after(policy: &Policy<'_>, at: Timestamp) -> Timestamp {
    let hours = policy.emergency.as_ref().map_or(0, |e| e.hours);
    at.checked_add(jiff::SignedDuration::from_hours(hours)).unwrap_or(at)
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
