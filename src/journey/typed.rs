//! What somebody typed, as an answer to a question.
//!
//! An answer is named by its id or by its words, in a menu also by its number, and of an instrument by its points.

use super::trace::Given;
use super::walk::{Choice, Choices, Question};
use crate::model::suggest;

/// Why what was typed is no answer, and what would be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong, without a full stop.
    pub why: String,
    /// What to type instead.
    pub help: String,
}

/// What a bare number means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    /// The place of the answer in the menu, from 1.
    Menu,
    /// Points of an instrument's answer.
    Points,
}

/// The answer that these words give. Several are given together to a question that allows it.
///
/// # Errors
/// Where they are none, with what the question's answers are.
pub fn read<'a>(question: &Question<'a>, words: &[&str], numbers: Numbers) -> Result<Given<'a>, Refused> {
    let key = &question.key;
    let refuse = |why: String, help: Option<String>| {
        let choices = answers_of(&question.choices, question.part.is_some() && numbers == Numbers::Points);
        Err(Refused { why, help: help.map_or_else(|| choices.clone(), |help| format!("{help} {choices}")) })
    };
    if let Choices::Number(min, max, _) = question.choices {
        let [word] = words else { return refuse(format!("`{key}` is answered with one number"), None) };
        return match word.parse::<i64>() {
            Ok(number) if (min..=max).contains(&number) => Ok(Given::Number(number)),
            Ok(number) => refuse(format!("{number} is no answer to `{key}`"), None),
            Err(_) => refuse(format!("`{word}` is no whole number, and `{key}` asks for one"), None),
        };
    }
    let choices = question.choices.list();
    let is_item = question.part.is_some();
    let mut ids = Vec::new();
    for word in words {
        let Some(choice) = find(choices, word, numbers, is_item) else {
            let near = suggest(word, choices.iter().map(|c| c.id));
            return refuse(format!("`{word}` is no answer to `{key}`"), near.map(|near| format!("did you mean `{near}`?")));
        };
        if ids.contains(&choice.id) {
            return refuse(format!("`{}` is given twice to `{key}`", choice.id), None);
        }
        ids.push(choice.id);
    }
    match (&question.choices, ids.as_slice()) {
        (Choices::Any(..), _) => {
            // In the order of the question, whatever the order of typing.
            ids.sort_by_key(|id| choices.iter().position(|c| c.id == *id));
            Ok(Given::Options(ids))
        }
        (_, [id]) => Ok(Given::Choice(id)),
        (_, _) => refuse(format!("`{key}` is answered with one answer"), None),
    }
}

fn find<'c, 'a>(choices: &'c [Choice<'a>], word: &str, numbers: Numbers, is_item: bool) -> Option<&'c Choice<'a>> {
    let by_name = choices.iter().find(|c| c.id == word).or_else(|| choices.iter().find(|c| c.label.eq_ignore_ascii_case(word)));
    by_name.or_else(|| {
        let number: i64 = word.parse().ok()?;
        match numbers {
            Numbers::Menu => choices.get(usize::try_from(number.checked_sub(1)?).ok()?),
            Numbers::Points if is_item => choices.iter().find(|c| c.points == Some(number)),
            Numbers::Points => None,
        }
    })
}

/// `its answers are `yes` and `no``.
fn answers_of(choices: &Choices<'_>, with_points: bool) -> String {
    let one = |c: &Choice<'_>| match c.points.filter(|_| with_points) {
        Some(points) => format!("`{}` ({points})", c.id),
        None => format!("`{}`", c.id),
    };
    let ids: Vec<String> = choices.list().iter().map(one).collect();
    let listed = match ids.as_slice() {
        [] => "none".to_owned(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    };
    match choices {
        Choices::One(_) => format!("its answers are {listed}"),
        Choices::Any(..) => format!("its answers are {listed}: any of them, or none"),
        Choices::Number(min, max, unit) => {
            let unit = unit.map_or(String::new(), |u| format!(" {u}"));
            format!("it is answered with a whole number from {min} to {max}{unit}")
        }
    }
}
