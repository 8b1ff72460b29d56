//! Keys from a terminal, and a clear screen: the only place that knows the terminal crate.

use std::io;

use console::Term;

/// What somebody pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Up,
    Down,
    Left,
    Enter,
    Escape,
    Backspace,
    Char(char),
    Other,
}

/// A terminal that somebody sits at.
pub(super) struct Terminal(Term);

impl Terminal {
    /// The terminal, where both what is typed and what is shown are on one.
    pub(super) fn open() -> Option<Self> {
        let term = Term::stdout();
        (term.is_term() && io::IsTerminal::is_terminal(&io::stdin())).then_some(Self(term))
    }

    /// How many lines it shows.
    pub(super) fn rows(&self) -> usize {
        usize::from(self.0.size().0).max(8)
    }

    /// Shows a screen in place of the one before.
    pub(super) fn show(&self, text: &str) -> io::Result<()> {
        self.0.clear_screen()?;
        self.0.write_str(text)
    }

    /// Waits for a key. Ctrl-C ends the program, as everywhere.
    pub(super) fn key(&self) -> io::Result<Key> {
        Ok(match self.0.read_key()? {
            console::Key::ArrowUp => Key::Up,
            console::Key::ArrowDown => Key::Down,
            console::Key::ArrowLeft => Key::Left,
            console::Key::Enter => Key::Enter,
            console::Key::Escape => Key::Escape,
            console::Key::Backspace => Key::Backspace,
            console::Key::Char(c) => Key::Char(c),
            _ => Key::Other,
        })
    }
}
