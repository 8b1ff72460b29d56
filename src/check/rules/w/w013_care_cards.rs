//! A care card that does not keep to the pattern people know.
//!
//! A care card tells people to get medical help: `[!EMERGENCY]` now, `[!URGENT]` today, `[!NON-URGENT]` when they can. It
//! works because it always looks the same: a heading "Do this if:" and a list, one card of a kind on a page, and nothing
//! in it that leads away from the help. A charity or a helpline is no medical help; it stands in the text, or in an
//! `[!INSET]`. Text after a card needs a heading of its own, or it reads as if it still belonged to the card. Callouts
//! are for warnings, and more than two on a page are not read.
//!
//! ## Example
//! ```md
//! > [!EMERGENCY] In an emergency
//! >
//! > Read [what A&E does](page/what-a-and-e-does) first.
//! ```
//!
//! ## Instead
//! ```md
//! > [!EMERGENCY] Call 999 or go to A&E if:
//! >
//! > - your life is in danger
//! > - you cannot keep yourself safe
//! ```
//!
//! ## Where it comes from
//! NHS digital service manual, "Help users decide when and where to get care".

use super::is_retired;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::{Finding, Severity};
use crate::markdown::{Body, Card, Marker, Part};
use crate::model::Kind;

pub const RULE: Rule = Rule {
    code: "W013",
    name: "care-cards",
    severity: Severity::Warning,
    source: include_str!("w013_care_cards.rs"),
    check: Check::File(check),
};

const MOST_CALLOUTS: usize = 2;

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(body) = file.body().filter(|b| !b.cards.is_empty() && !is_retired(file)) else { return };
    for (index, card) in body.cards.iter().enumerate().filter(|(_, c)| c.marker.is_care_card()) {
        if let Some(first) = body.cards[..index].iter().find(|c| c.marker == card.marker) {
            sink.push(
                file.finding(card.marker_span, format!("a second card `[!{}]` on this page", card.marker.word()))
                    .also(&file.file.path, first.marker_span, "the first")
                    .help("put the reasons of both into one card"),
            );
        }
        if let Some(finding) = heading(file, card) {
            sink.push(finding);
        }
        if let Some(finding) = charity(file, card) {
            sink.push(finding);
        }
        if card.marker == Marker::Emergency {
            emergency(file, body, card, sink);
        }
        if let Some(finding) = text_after(file, body, card) {
            sink.push(finding);
        }
    }
    let callouts: Vec<&Card> = body.cards.iter().filter(|c| c.marker == Marker::Callout).collect();
    if let Some(third) = callouts.get(MOST_CALLOUTS) {
        let message = format!("{} callouts on this page; more than {MOST_CALLOUTS} are not read", callouts.len());
        sink.push_as(Severity::Advice, file.finding(third.marker_span, message).help("keep callouts for what is dangerous to miss"));
    }
}

fn heading(file: &FileContext<'_, '_>, card: &Card) -> Option<Finding> {
    let heading = card.heading.as_str();
    let message = if heading.is_empty() {
        "a care card without a heading"
    } else if heading.ends_with(':') && !card.has_list {
        "the card's heading announces a list that is not there"
    } else if card.has_list && !heading.ends_with(':') {
        "the card's heading does not lead into its list"
    } else if card.has_list && !has_word(heading, "if") {
        "the card's heading does not say that the list is of reasons"
    } else {
        return None;
    };
    let example = match card.marker {
        Marker::Emergency => "Call 999 or go to A&E if:",
        Marker::Urgent => "Go to NHS 111 online or call 111 if:",
        _ => "See a GP if:",
    };
    Some(
        file.finding(card.marker_span, message)
            .help(format!("say what to do and when: a heading such as `{example}`, then the reasons as a list")),
    )
}

/// What an emergency card needs besides.
fn emergency(file: &FileContext<'_, '_>, body: &Body, card: &Card, sink: &mut Sink<'_>) {
    let call = file.site.content.site.as_ref().and_then(|s| s.emergency_help.as_ref()?.call).map_or("999", |c| c.value);
    let words = card.span.of(&file.file.text);
    if ![call, "999", "112"].iter().any(|number| has_word(words, number)) && !words.contains("A&E") {
        sink.push(
            file.finding(card.marker_span, format!("an emergency card that names neither {call} nor A&E"))
                .help(format!("say in its heading to call {call} or to go to A&E; for anything less use `[!URGENT]`")),
        );
    }
    let inside = body.links.iter().filter(|l| card.span.contains(l.span.start) && !l.is_image);
    for link in inside.filter(|l| !matches!(Kind::split(&l.to), Some((Kind::Resource, _)))) {
        sink.push(
            file.finding(link.span, "a link in an emergency card leads away from the help")
                .help("put the link outside the card; only the service to contact may be linked in it"),
        );
    }
}

/// A card that sends people to something other than medical help.
fn charity(file: &FileContext<'_, '_>, card: &Card) -> Option<Finding> {
    const MEDICAL: [&str; 15] = [
        "999",
        "111",
        "112",
        "nhs",
        "gp",
        "a&e",
        "doctor",
        "nurse",
        "pharmacist",
        "pharmacy",
        "hospital",
        "ambulance",
        "midwife",
        "dentist",
        "optician",
    ];
    let heading = card.heading.to_lowercase();
    if MEDICAL.iter().any(|word| has_word(&heading, word)) {
        return None;
    }
    let service = file.site.names.charity(&file.site.content, &card.heading)?;
    Some(
        file.finding(card.marker_span, format!("a care card for {}, which gives no medical help", service.title()))
            .help("put it in the text or in an `[!INSET]`; care cards say where to get medical help"),
    )
}

/// Text that stands right after a card, without a heading.
fn text_after(file: &FileContext<'_, '_>, body: &Body, card: &Card) -> Option<Finding> {
    let next = body.prose.iter().filter(|p| p.span.start >= card.span.end).min_by_key(|p| p.span.start)?;
    let is_next_card = body.cards.iter().any(|c| c.span.contains(next.span.start));
    // The card of a service may follow: it has its own heading.
    let is_embed = body.links.iter().any(|l| l.is_standalone && l.span == next.span);
    let is_text = matches!(next.part, Part::Paragraph | Part::ListItem | Part::Cell);
    (is_text && !is_next_card && !is_embed).then(|| {
        file.finding(next.span, "text right after a care card reads as if it belonged to the card")
            .help("give it a heading of its own, or move it above the card")
    })
}

/// Whether `word` stands in `text` as a word of its own.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
