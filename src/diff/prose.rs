//! Is a change of prose a matter of wording alone?
//!
//! Editorial is only what touches no word that carries meaning by itself (REVIEW.md, class of a change): no number, time
//! word, negation, comparison, modal verb, name, link, unit or contact detail; nothing removed, nothing put in another
//! order. In doubt it is not: a sentence that is new says something new.

use std::collections::BTreeSet;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::markdown::{self, Body};
use crate::source::Span;

/// What a change of prose touches besides wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touched {
    /// Words are gone.
    Removed,
    /// More than a few words are new.
    New,
    /// A number.
    Number,
    /// A word of time or frequency.
    Time,
    /// A word that denies.
    Negation,
    /// A word that compares or limits.
    Comparison,
    /// A word of duty, permission or likelihood.
    Modal,
    /// A name, or another word with a capital inside a sentence.
    Name,
    /// A unit of measure.
    Unit,
    /// An address, a link or a place to reach somebody.
    Contact,
    /// A care card or callout.
    Card,
    /// The sections, links or lists of the text.
    Structure,
}

impl Touched {
    /// As the end of "it is more than wording because it touches …".
    pub fn words(self) -> &'static str {
        match self {
            Self::Removed => "words were taken out or put in another order",
            Self::New => "something new is said",
            Self::Number => "a number was touched",
            Self::Time => "a word of time was touched",
            Self::Negation => "a word that denies was touched",
            Self::Comparison => "a word that compares or limits was touched",
            Self::Modal => "a word of duty or permission was touched",
            Self::Name => "a name was touched",
            Self::Unit => "a unit was touched",
            Self::Contact => "a link or contact detail was touched",
            Self::Card => "a care card was touched",
            Self::Structure => "headings, links or lists were touched",
        }
    }
}

/// How many words may be new at one place before they say something new.
const NEW: usize = 1;

/// How many words in a row may be replaced before something else is said.
const REPLACED: usize = 3;

/// What a change of plain text touches besides wording; `None` where it is editorial.
pub fn touched(from: &str, to: &str) -> Option<Touched> {
    let (old, new) = (words(from), words(to));
    let plain = |words: &[Word<'_>]| words.iter().map(|w| w.text.to_owned()).collect::<Vec<_>>();
    let (mut all_gone, mut all_come) = (BTreeSet::new(), BTreeSet::new());
    for op in capture_diff_slices(Algorithm::Patience, &plain(&old), &plain(&new)) {
        let (gone, come) = match op {
            DiffOp::Equal { .. } => continue,
            DiffOp::Delete { .. } => return Some(Touched::Removed),
            DiffOp::Insert { new_index, new_len, .. } => (&old[..0], &new[new_index..new_index + new_len]),
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                (&old[old_index..old_index + old_len], &new[new_index..new_index + new_len])
            }
        };
        let joined = |words: &[Word<'_>]| words.iter().map(|w| w.text).collect::<String>().replace('-', "");
        let is_joined = joined(gone) == joined(come); // "self care" and "self-care"
        match gone.iter().chain(come).find_map(Word::meaning) {
            None | Some(Touched::Name) if is_joined => continue,
            None => {}
            meaning => return meaning,
        }
        if come.len() < gone.len() {
            return Some(Touched::Removed);
        }
        if come.len() > gone.len() + NEW || gone.len() > REPLACED {
            return Some(Touched::New);
        }
        let lower = |words: &[Word<'_>]| words.iter().map(|w| w.text.to_lowercase()).collect::<BTreeSet<_>>();
        let (gone, come) = (lower(gone), lower(come));
        all_gone.extend(gone.difference(&come).cloned());
        all_come.extend(come.difference(&gone).cloned());
    }
    // A word that went from one place to another changed the order.
    if all_gone.intersection(&all_come).next().is_some() { Some(Touched::Removed) } else { None }
}

/// The same for the Markdown body of an item.
pub fn touched_in_body(from: &str, to: &str) -> Option<Touched> {
    let read = |text: &str| markdown::read(text, Span::new(0, text.len()));
    let (old, new) = (read(from), read(to));
    let cards = |body: &Body, text: &str| body.cards.iter().map(|c| text[c.span.range()].to_owned()).collect::<Vec<_>>();
    if cards(&old, from) != cards(&new, to) {
        return Some(Touched::Card);
    }
    let links = |body: &Body| body.links.iter().map(|l| (l.to.clone(), l.is_image, l.is_standalone)).collect::<Vec<_>>();
    if links(&old) != links(&new) {
        return Some(Touched::Contact);
    }
    // The words of a heading are the address of its section.
    let headings = |body: &Body| body.headings.iter().map(|h| (h.level, h.text.clone(), h.id.clone())).collect::<Vec<_>>();
    let blocks = |text: &str| text.split("\n\n").filter(|block| !block.trim().is_empty()).count();
    if headings(&old) != headings(&new) || marks(from) != marks(to) || blocks(from) != blocks(to) {
        return Some(Touched::Structure);
    }
    touched(from, to)
}

/// The ids that a body gives its sections.
pub fn sections(text: &str) -> Vec<String> {
    markdown::read(text, Span::new(0, text.len())).headings.into_iter().filter_map(|h| h.id).collect()
}

/// What a text's lines begin with: headings, lists, quotes, tables; and the ids of its sections.
fn marks(text: &str) -> Vec<String> {
    let line = |line: &str| -> Option<String> {
        let line = line.trim_start();
        let mark: String = line.chars().take_while(|c| "#>-*+|0123456789.".contains(*c)).collect();
        let id = line.find("{#").map_or("", |at| &line[at..]);
        (!mark.is_empty() && line[mark.len()..].starts_with(' ') || !id.is_empty()).then(|| format!("{mark}{id}"))
    };
    text.lines().filter_map(line).collect()
}

#[derive(Debug)]
struct Word<'t> {
    text: &'t str,
    /// It begins a sentence or line, so that a capital means nothing.
    is_first: bool,
    /// As written, with what stands around it.
    whole: &'t str,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut is_first = true;
    for line in text.split('\n') {
        is_first |= line.trim().is_empty() || line.trim_start().starts_with(['#', '-', '*', '>', '|']);
        for whole in line.split_whitespace() {
            let text = whole.trim_matches(|c: char| !c.is_alphanumeric());
            if text.is_empty() {
                continue;
            }
            found.push(Word { text, is_first, whole });
            is_first = whole.ends_with(['.', '!', '?', ':']);
        }
    }
    found
}

impl Word<'_> {
    fn meaning(&self) -> Option<Touched> {
        let lower = self.text.to_lowercase().replace('’', "'");
        let is = |list: &str| list.split(' ').any(|word| word == lower);
        let has_capital_inside = self.text.chars().skip(1).any(char::is_uppercase);
        if self.text.contains(|c: char| c.is_numeric()) || is(NUMBERS) {
            Some(Touched::Number)
        } else if self.whole.contains(['@', '/', '<', '{', '[', ']', '`']) || self.text.contains(['.', ':', '_']) {
            Some(Touched::Contact)
        } else if is(NEGATIONS) || lower.ends_with("n't") {
            Some(Touched::Negation)
        } else if is(TIMES) {
            Some(Touched::Time)
        } else if is(MODALS) {
            Some(Touched::Modal)
        } else if is(COMPARISONS) {
            Some(Touched::Comparison)
        } else if is(UNITS) {
            Some(Touched::Unit)
        } else if has_capital_inside || (self.text.starts_with(char::is_uppercase) && !self.is_ordinary(&lower)) {
            Some(Touched::Name)
        } else {
            None
        }
    }
}

impl Word<'_> {
    /// Whether its capital says nothing: the word `I`, or one of the words that sentences begin with.
    fn is_ordinary(&self, lower: &str) -> bool {
        self.text == "I" || (self.is_first && OPENINGS.split(' ').any(|word| word == lower))
    }
}

const OPENINGS: &str = "a an the this that these those it its they their there here you your we our he she in on of to for from with into";
const NUMBERS: &str = "zero one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty hundred thousand \
    half quarter third double twice once first second last both couple dozen pair several per cent percent";
const NEGATIONS: &str = "no not never none nobody nothing nowhere neither nor without cannot stop avoid unless except instead hardly barely \
    refuse deny against un non lack lacks fail fails unable unsafe dont cant wont didnt doesnt isnt";
const TIMES: &str = "now today tonight tomorrow yesterday soon later immediately straight away before after during while when whenever \
    until till since within always often sometimes usually rarely seldom again daily weekly monthly yearly nightly day \
    days night nights week weeks weekend weekends month months year years hour hours minute minutes second seconds morning \
    afternoon evening midnight noon monday tuesday wednesday thursday friday saturday sunday january february march april \
    may june july august september october november december urgent urgently emergency quickly first then next already yet \
    still ever every once";
const MODALS: &str = "can could may might must shall should will would need needs ought have has required allowed recommended if whether \
    possible possibly probably likely unlikely perhaps maybe certain certainly safe safely do does call go ask tell wait \
    take had did text phone ring dial email chat visit";
const COMPARISONS: &str = "more less most least fewer many much few little better worse best worst higher lower older younger over under above \
    below than only just even all any some each either or and but about around almost nearly up down least enough too very \
    severe mild moderate serious same other another also everyone anyone everybody anybody free as like minimum maximum \
    between at different";
const UNITS: &str = "mcg mg g kg ml l cl litre litres unit units pint pints glass glasses tablet tablets pill pills dose doses mile miles km \
    metre metres pound pounds pence p calories degrees";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wording_alone_is_editorial() {
        for (from, to) in [
            ("Ways to cope when you feel sad.", "Ways to cope, when you feel sad"),
            ("Talk to a freind.", "Talk to a friend."),
            ("Self care helps.", "Self-care helps."),
            ("Rest in a dark room.", "Rest in a quiet, dark room."),
            ("The place is calm.", "This place is calm."),
            ("It helps to talk to a freind.", "It helps to talk to a close friend."),
        ] {
            assert_eq!(touched(from, to), None, "{from} / {to}");
        }
    }

    #[test]
    fn words_with_a_meaning_of_their_own_are_not() {
        for (from, to, what) in [
            ("Sleep for 7 hours.", "Sleep for 8 hours.", Touched::Number),
            ("Do not drive.", "Do drive.", Touched::Removed),
            ("You can drive.", "You cannot drive.", Touched::Modal),
            ("It is safe.", "It isn't safe.", Touched::Negation),
            ("See your GP.", "See your doctor.", Touched::Name),
            ("Talk to Shout.", "Talk to Calm.", Touched::Name),
            ("Rest. Drink water.", "Drink water. Rest.", Touched::Removed),
            ("Wash often.", "Wash sometimes.", Touched::Time),
            ("Drink fewer cups.", "Drink more cups.", Touched::Comparison),
            ("Take a cup.", "Take a pint.", Touched::Unit),
            ("Write to a@b.org.", "Write to a@c.org.", Touched::Contact),
            ("Rest.", "Rest. That helps people sleep well.", Touched::New),
            ("Samaritans listen.", "Childline listen.", Touched::Name),
            ("Bread, with butter.", "Butter, with bread.", Touched::Name),
            ("Eat bread with soft butter.", "Eat butter with soft bread.", Touched::Removed),
            ("You don't need it.", "You do need it.", Touched::Negation),
        ] {
            assert_eq!(touched(from, to), Some(what), "{from} / {to}");
        }
    }

    #[test]
    fn cards_links_and_sections_of_a_body_are_not() {
        let body = "## Rest {#rest}\n\nA look at [Stress](topic/stress).\n\n> [!URGENT] Ask for help\n>\n> - you feel wrose\n\n- a bath\n";
        assert_eq!(touched_in_body(body, &body.replace("A look", "The look")), None);
        assert_eq!(touched_in_body(body, &body.replace("wrose", "worse")), Some(Touched::Card));
        assert_eq!(touched_in_body(body, &body.replace("topic/stress", "topic/grief")), Some(Touched::Contact));
        assert_eq!(touched_in_body(body, &body.replace("{#rest}", "{#sleep}")), Some(Touched::Structure));
        assert_eq!(touched_in_body(body, &body.replace("- a bath", "a bath")), Some(Touched::Structure));
        assert_eq!(touched_in_body(body, &body.replace("## Rest", "## Calm")), Some(Touched::Structure));
        assert_eq!(touched_in_body("Look at\n[Stress](topic/stress)", "Look at\n\n[Stress](topic/stress)"), Some(Touched::Contact));
        assert_eq!(touched_in_body("A day.\n\nA house.", "A house.\n\nA day."), Some(Touched::New));
        assert_eq!(touched_in_body("Sleep can\nhelp you.\n\nText.", "Sleep can help\nyou.\n\nText."), None);
    }
}
