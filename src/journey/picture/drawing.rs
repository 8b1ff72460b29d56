//! What a picture of a journey shows, before anything has a place: boxes with their lines, and arrows with theirs.
//!
//! Every writer works from this; none knows journeys. Knows no size, colour or letter width.

use crate::model::Card;

/// A picture, before anything has a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// The journey's title.
    pub title: String,
    /// Its id: `journey/low-mood`.
    pub id: String,
    /// What the foot of the picture says of the versions shown.
    pub versions: Vec<String>,
    /// The boxes; the first is the start.
    pub boxes: Vec<Shape>,
    /// The arrows.
    pub arrows: Vec<Arrow>,
    /// The acuity scale, most urgent first.
    pub levels: Vec<LevelKey>,
    /// Two versions are compared.
    pub is_compared: bool,
}

/// A box.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// What it stands for, the same in every picture of the journey: a step's name, or `step/target` for an ending.
    pub key: String,
    /// What it is.
    pub what: What,
    /// What stands above its text, small: the step's name and its kind.
    pub tag: String,
    /// Its text.
    pub lines: Vec<Line>,
    /// What became of it since the older version.
    pub mark: Mark,
    /// Something is wrong with it.
    pub is_wrong: bool,
}

/// What a box is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Where the journey starts.
    Start,
    /// A question.
    Question,
    /// A published questionnaire with all its questions.
    Instrument,
    /// Several questions one after the other.
    Folded,
    /// A text screen.
    Say,
    /// A decision.
    Decision,
    /// An ending.
    Ending(Urgency),
    /// Another journey.
    Handover,
    /// A step that stands elsewhere on the page: the way goes on from there.
    Elsewhere,
    /// Nothing that there is: an unknown target, or nothing at all.
    Nowhere,
}

impl What {
    /// Whether the way ends here: such a box stands beside the one that leads to it.
    pub fn is_end(self) -> bool {
        matches!(self, Self::Ending(_) | Self::Handover | Self::Elsewhere | Self::Nowhere)
    }
}

/// How urgent an ending is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Urgency {
    /// The care card of its level; `None` where the level is not known.
    pub card: Option<Card>,
    /// The rank of its level, 0 being the most urgent.
    pub rank: usize,
    /// How many ranks there are.
    pub ranks: usize,
}

/// A level of the acuity scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelKey {
    /// What it is called, and within what time.
    pub label: String,
    /// How it is drawn.
    pub urgency: Urgency,
}

/// A line of text, before it is broken to fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// How it looks.
    pub style: Style,
    /// What stands before it.
    pub bullet: Bullet,
    /// What it says.
    pub text: String,
    /// What became of it.
    pub mark: Mark,
}

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Text.
    Plain,
    /// What the box is called.
    Strong,
    /// Something further.
    Small,
    /// Only shown where it changed.
    Hidden,
}

/// What stands before a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bullet {
    /// Nothing.
    None,
    /// A ring: one of these.
    One,
    /// A square: any of these.
    Any,
    /// A condition's number.
    Number(usize),
    /// A dot.
    Dot,
}

/// What became of something since the older version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    /// Nothing.
    #[default]
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Something in it is different.
    Changed,
}

impl Mark {
    /// The sign that says it without colour.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Same => "",
            Self::Added => "+",
            Self::Removed => "−",
            Self::Changed => "~",
        }
    }
}

/// An arrow from one box to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrow {
    /// The box it leaves, by number.
    pub from: usize,
    /// The box it comes to, by number.
    pub to: usize,
    /// The answers or conditions that lead along it; none where everything does.
    pub label: Vec<Line>,
    /// What became of it.
    pub mark: Mark,
    /// Something is wrong with it.
    pub is_wrong: bool,
}

impl Line {
    /// A line of text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { style: Style::Plain, bullet: Bullet::None, text: text.into(), mark: Mark::Same }
    }

    /// The same in another style.
    pub fn styled(self, style: Style) -> Self {
        Self { style, ..self }
    }

    /// The same after a bullet.
    pub fn after(self, bullet: Bullet) -> Self {
        Self { bullet, ..self }
    }

    /// The same with a mark.
    pub fn marked(self, mark: Mark) -> Self {
        Self { mark, ..self }
    }

    /// Whether it is shown.
    pub fn is_shown(&self) -> bool {
        self.style != Style::Hidden || self.mark != Mark::Same
    }

    /// Its sign, bullet and text as words.
    pub fn words(&self) -> String {
        let bullet = match self.bullet {
            Bullet::Number(n) => format!("{n}. "),
            Bullet::Dot | Bullet::One | Bullet::Any => "• ".to_owned(),
            Bullet::None => String::new(),
        };
        let sign = self.mark.sign();
        let space = if sign.is_empty() { "" } else { " " };
        format!("{sign}{space}{bullet}{}", self.text)
    }
}
