//! What a change can be, each with a code, how much it weighs, and why it matters to the people who use the service.
//!
//! A code says what kind of change it is; whether the change is right is for the people who review it.

use crate::diag::Severity;

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `C` and three digits.
    pub code: &'static str,
    /// Its name in a few words.
    pub name: &'static str,
    /// How much it asks for a second look: `error` is what can do harm at once.
    pub severity: Severity,
    /// Why it matters.
    pub why: &'static str,
}

macro_rules! codes {
    ($($constant:ident = $code:literal, $severity:ident, $name:literal, $why:literal;)*) => {
        $(#[doc = $why] pub const $constant: Code = Code { code: $code, name: $name, severity: Severity::$severity, why: $why };)*
        /// All of them, by code.
        pub const ALL: &[&Code] = &[$(&$constant),*];
    };
}

codes! {
    LESS_URGENT = "C001", Error, "people may be sent to less urgent help",
        "Somebody who was sent to a doctor today may now be sent to a leaflet. Look at the example, and say why it is right.";
    BEHAVIOUR = "C002", Error, "answers lead elsewhere",
        "The same answers now end somewhere else. The counts are exact; a count of combinations is not a count of people.";
    INCOMPARABLE = "C003", Error, "behaviour cannot be compared",
        "One of the two versions does not lead every answer to an ending, so nothing can be proved of the change.";
    EQUAL_BEHAVIOUR = "C004", Advice, "proved: every answer ends where it did",
        "Steps, conditions or points were rewritten, and every combination of answers still ends at the same place.";
    VIGNETTE = "C005", Warning, "worked example changed",
        "A vignette is what clinicians agreed should happen. One that was changed or taken out no longer guards it.";
    THRESHOLD = "C010", Error, "threshold moved",
        "A cut-off decides who is sent where. People just above or below it feel the change.";
    POINTS = "C011", Error, "points or bands changed",
        "The same answers give another total, or the same total another name.";
    QUESTION = "C012", Error, "question changed",
        "People answer the words they read. Other words can bring other answers, and a published instrument is only valid as it was tested.";
    ANSWER = "C013", Error, "answer changed",
        "Two labels that change places change who is sent where, though every id stays as it was.";
    ROUTE = "C014", Warning, "steps changed",
        "The way through the journey was changed: what is asked, or where an answer leads.";
    SAFETY_WEAKER = "C015", Error, "safety rule removed",
        "A rule that was proved for every answer is no longer asked for.";
    SAFETY = "C016", Error, "safety rule changed",
        "What is proved of every answer is now something else.";
    ACUITY = "C017", Error, "urgency changed",
        "How urgent an ending is decides what people are told, and every safety rule that names it.";
    ORDER_OF_HELP = "C018", Warning, "order of help changed",
        "People in distress use what comes first.";
    STATUS = "C019", Error, "status changed",
        "What was shown is no longer shown, or what was not shown is.";
    ADDED = "C020", Warning, "new",
        "Nobody has reviewed any of it yet.";
    REMOVED = "C021", Error, "removed",
        "People who look for it find it no more, and what pointed here points nowhere.";
    RENAMED = "C022", Advice, "renamed",
        "The page has another address; the old one leads to it.";
    CRISIS_CONTACT_GONE = "C030", Error, "crisis contact removed",
        "A way to reach somebody in a crisis is gone from here. Somebody may know no other.";
    SILENT_CHANNEL_GONE = "C031", Error, "way to get help without speaking removed",
        "People who cannot speak, are overheard or do not hear lose this way to help.";
    CONTACT_GONE = "C032", Warning, "contact removed",
        "People can no longer reach the service this way.";
    CONTACT = "C033", Error, "contact detail changed",
        "A wrong digit reaches a stranger, or nobody. Dial it.";
    CONTACT_ADDED = "C034", Warning, "contact added",
        "Somebody will use it: is it right, and is it there at the hours that are given?";
    HOURS = "C035", Warning, "hours changed",
        "People who come when nobody is there may not come again.";
    ELIGIBILITY = "C036", Warning, "who may use it changed",
        "People who are sent to a service that is not for them are turned away.";
    HELP_GONE = "C037", Warning, "help removed",
        "This page or ending no longer points to that service.";
    HELP_ADDED = "C038", Warning, "help added",
        "This page or ending now points to that service.";
    CARE_CARD = "C040", Error, "care card changed",
        "A care card tells people when to act and how fast.";
    SECTION_GONE = "C041", Warning, "section removed",
        "Other rules and pages may count on the section, and people on what it says.";
    TEXT = "C042", Warning, "text changed",
        "What people read means something else, or may.";
    WORDING = "C043", Advice, "wording changed",
        "Only the wording was changed: no number, name, time, duty, comparison or contact was touched.";
    SENSITIVE = "C044", Error, "mark as sensitive changed",
        "Sensitive pages begin with help, have an exit, and leave no copy on the device.";
    SILENCED = "C045", Error, "a check is silenced",
        "A finding will not be shown again for this item. The reason given is part of what is reviewed.";
    HAZARD_WEAKER = "C050", Error, "hazard control removed",
        "What kept this harm from happening is no longer named.";
    HAZARD = "C051", Warning, "hazard changed",
        "The hazard log is what the safety case rests on.";
    SETTING = "C060", Warning, "setting changed",
        "A setting of the site can change every page.";
    REQUIRED_GONE = "C061", Error, "no longer required",
        "A build would now go through without it.";
    POLICY_WEAKER = "C062", Error, "fewer approvals asked for",
        "What two people had to read, one or none has to read now.";
    POLICY = "C063", Error, "review rules changed",
        "Who decides what is published is changed.";
    TEMPLATE = "C064", Error, "template changed",
        "A template or asset can change what every page says.";
    DETAIL = "C070", Warning, "detail changed",
        "Something about the item itself was changed.";
    UNREADABLE = "C071", Error, "cannot be read",
        "A version of this cannot be read, so nothing can be said about the change.";
}

/// The kind of change with a code.
pub fn find(code: &str) -> Option<&'static Code> {
    ALL.iter().copied().find(|c| c.code == code)
}
