//! A question answered with keys: where the cursor is, what is chosen, what is typed.
//!
//! Functions from a key to what follows, so that they are tested without a terminal.

use crate::cli::terminal::Key;
use crate::journey::trace::Given;
use crate::journey::walk::{Choices, Question};

/// What somebody has done at a question so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Menu {
    pub(super) cursor: usize,
    pub(super) chosen: Vec<usize>,
    pub(super) typed: String,
    /// Why the last key did nothing.
    pub(super) hint: Option<String>,
}

/// What a key comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pressed<'a> {
    /// The question stays.
    Stay,
    /// It is answered.
    Answer(Given<'a>),
    /// To the question before.
    Back,
    /// To the start.
    Restart,
    /// Enough.
    Quit,
}

/// What stands below a question.
pub(super) fn keys(choices: &Choices<'_>) -> &'static str {
    match choices {
        Choices::One(_) => "↑ ↓ or a number choose, Enter answers · b back · r start again · q quit",
        Choices::Any(..) => "↑ ↓ move, Space marks, Enter answers · b back · r start again · q quit",
        Choices::Number(..) => "Type the number, Enter answers · b back · r start again · q quit",
    }
}

/// Keys that mean the same at every screen.
pub(super) fn common<'a>(key: Key) -> Pressed<'a> {
    match key {
        Key::Char('b' | 'B') | Key::Left | Key::Backspace => Pressed::Back,
        Key::Char('r' | 'R') => Pressed::Restart,
        Key::Char('q' | 'Q') | Key::Escape => Pressed::Quit,
        _ => Pressed::Stay,
    }
}

impl Menu {
    /// After a key.
    pub(super) fn press<'a>(&mut self, question: &Question<'a>, key: Key) -> Pressed<'a> {
        self.hint = None;
        match &question.choices {
            Choices::Number(min, max, _) => self.number(key, *min, *max),
            choices => self.choice(choices, key),
        }
    }

    /// Moves a text that is longer than the terminal.
    pub(super) fn scroll(&mut self, key: Key, last: usize) {
        self.cursor = match key {
            Key::Up => self.cursor.min(last).saturating_sub(1),
            Key::Down => (self.cursor + 1).min(last),
            Key::Char(' ') => (self.cursor + 10).min(last),
            _ => self.cursor,
        };
    }

    fn number<'a>(&mut self, key: Key, min: i64, max: i64) -> Pressed<'a> {
        match key {
            // More digits than any number has are not taken.
            Key::Char(c) if (c.is_ascii_digit() || (c == '-' && self.typed.is_empty())) && self.typed.len() < 20 => self.typed.push(c),
            Key::Backspace if !self.typed.is_empty() => drop(self.typed.pop()),
            Key::Enter => match self.typed.parse::<i64>() {
                Ok(number) if (min..=max).contains(&number) => return Pressed::Answer(Given::Number(number)),
                _ => self.hint = Some(format!("A whole number from {min} to {max}, please.")),
            },
            key => return common(key),
        }
        Pressed::Stay
    }

    fn choice<'a>(&mut self, choices: &Choices<'a>, key: Key) -> Pressed<'a> {
        let list = choices.list();
        let is_many = matches!(choices, Choices::Any(..));
        match key {
            Key::Up => self.cursor = self.cursor.checked_sub(1).unwrap_or(list.len().saturating_sub(1)),
            Key::Down => self.cursor = if self.cursor + 1 < list.len() { self.cursor + 1 } else { 0 },
            Key::Char(c @ '1'..='9') => {
                let place = usize::from(c as u8 - b'1');
                if place >= list.len() {
                    self.hint = Some(format!("There are {} answers.", list.len()));
                } else {
                    self.cursor = place;
                    if is_many {
                        self.mark(place);
                    }
                }
            }
            Key::Char(' ') if is_many => self.mark(self.cursor),
            Key::Enter if is_many => {
                let chosen = list.iter().enumerate().filter(|(n, _)| self.chosen.contains(n));
                return Pressed::Answer(Given::Options(chosen.map(|(_, c)| c.id).collect()));
            }
            Key::Enter => {
                if let Some(choice) = list.get(self.cursor) {
                    return Pressed::Answer(Given::Choice(choice.id));
                }
            }
            key => return common(key),
        }
        Pressed::Stay
    }

    fn mark(&mut self, place: usize) {
        match self.chosen.iter().position(|n| *n == place) {
            Some(at) => drop(self.chosen.remove(at)),
            None => self.chosen.push(place),
        }
    }
}

/// The lines of a screen that fit on a terminal, from line `from` on, with what stands below them; and the last useful `from`.
pub(super) fn window(body: &str, below: &str, rows: usize, from: usize) -> (String, usize) {
    let lines: Vec<&str> = body.lines().collect();
    // An empty line and what stands below, and the line where the cursor comes to rest.
    let room = rows.saturating_sub(below.lines().count() + 2).max(3);
    let last = lines.len().saturating_sub(room);
    let shown = lines[from.min(last)..].iter().take(room).copied().collect::<Vec<_>>().join("\n");
    (format!("{shown}\n\n{below}\n"), last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journey::walk::Choice;

    fn question(choices: Choices<'static>) -> Question<'static> {
        Question { key: "a".to_owned(), lead: None, ask: "A?", help: None, choices, part: None }
    }

    fn two() -> Vec<Choice<'static>> {
        ["x", "y"].map(|id| Choice { id, label: id, points: None }).to_vec()
    }

    fn pressed(question: &Question<'static>, keys: &[Key]) -> (Pressed<'static>, Menu) {
        let mut menu = Menu::default();
        let mut last = Pressed::Stay;
        for key in keys {
            last = menu.press(question, *key);
        }
        (last, menu)
    }

    #[test]
    fn one_is_chosen_with_arrows_or_a_number() {
        let one = question(Choices::One(two()));
        assert_eq!(pressed(&one, &[Key::Enter]).0, Pressed::Answer(Given::Choice("x")));
        assert_eq!(pressed(&one, &[Key::Up, Key::Enter]).0, Pressed::Answer(Given::Choice("y")));
        assert_eq!(pressed(&one, &[Key::Down, Key::Down, Key::Enter]).0, Pressed::Answer(Given::Choice("x")));
        assert_eq!(pressed(&one, &[Key::Char('2'), Key::Enter]).0, Pressed::Answer(Given::Choice("y")));
        assert_eq!(pressed(&one, &[Key::Char('3')]).1.hint.as_deref(), Some("There are 2 answers."));
        assert_eq!(pressed(&one, &[Key::Char('b')]).0, Pressed::Back);
        assert_eq!(pressed(&one, &[Key::Escape]).0, Pressed::Quit);
        assert_eq!(pressed(&question(Choices::One(Vec::new())), &[Key::Down, Key::Up, Key::Enter]).0, Pressed::Stay);
    }

    #[test]
    fn several_are_marked_and_unmarked() {
        let any = question(Choices::Any(two(), None));
        assert_eq!(pressed(&any, &[Key::Enter]).0, Pressed::Answer(Given::Options(Vec::new())));
        let both = [Key::Char('2'), Key::Up, Key::Char(' '), Key::Enter];
        assert_eq!(pressed(&any, &both).0, Pressed::Answer(Given::Options(vec!["x", "y"])));
        assert_eq!(pressed(&any, &[Key::Char('1'), Key::Char(' '), Key::Enter]).0, Pressed::Answer(Given::Options(Vec::new())));
    }

    #[test]
    fn a_long_screen_is_shown_in_part() {
        let body: String = (1..=20).map(|n| format!("{n}\n")).collect();
        let (text, last) = window(&body, "keys", 10, 0);
        assert_eq!((text.lines().next(), text.lines().count(), last), (Some("1"), 9, 13));
        assert_eq!(window(&body, "keys", 10, 99).0.lines().next(), Some("14"));
        assert_eq!(window("a\nb\n", "keys", 24, 5), ("a\nb\n\nkeys\n".to_owned(), 0));
    }

    #[test]
    fn numbers_are_typed() {
        let number = question(Choices::Number(-5, 12, None));
        let typed = |keys: &[Key]| pressed(&number, keys);
        assert_eq!(typed(&[Key::Char('1'), Key::Char('2'), Key::Enter]).0, Pressed::Answer(Given::Number(12)));
        assert_eq!(typed(&[Key::Char('-'), Key::Char('5'), Key::Enter]).0, Pressed::Answer(Given::Number(-5)));
        assert_eq!(typed(&[Key::Char('1'), Key::Char('3'), Key::Enter]).1.hint.as_deref(), Some("A whole number from -5 to 12, please."));
        assert_eq!(typed(&[Key::Char('1'), Key::Backspace]), (Pressed::Stay, Menu::default()));
        assert_eq!(typed(&[Key::Backspace]).0, Pressed::Back);
        assert_eq!(typed(&[Key::Char('9'); 40]).1.typed.len(), 20);
    }
}
