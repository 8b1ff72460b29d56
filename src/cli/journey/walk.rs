//! `signpost journey walk`: with keys on a terminal, line by line from a pipe, or straight to the ending.

use std::io::{self, BufRead};

use anyhow::Result;

use super::menu::{self, Menu, Pressed};
use super::screen::Screens;
use super::script::Script;
use crate::cli::Verdict;
use crate::cli::prose::Style;
use crate::cli::session::{Session, advised};
use crate::cli::terminal::Terminal;
use crate::journey::typed::{self, Numbers, Refused};
use crate::journey::walk::{At, Choices, State, Walk};
use crate::journey::words::Words;
use crate::load::Snapshot;
use crate::model::{Content, Item, Kind};

/// Go through a journey in the terminal, or straight to its ending
///
/// On a terminal: arrow keys or numbers, b goes back, r starts again, q quits. From a pipe: an answer a line, by its number or
/// id, `back`, `restart` or `quit`. With --answers: all at once.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  \
    signpost journey walk journey/low-mood\n  \
    signpost journey walk low-mood --answers danger=no,phq=1/0/2/1/0/0/0/0/0,daily=sleep+worry,died=no\n\n\
    An answer is STEP=ANSWER or STEP.ITEM=ANSWER. Several answers to one question are joined by +, none are STEP= alone. The\n\
    items of a questionnaire are given by their points, in order, with / between them, or one by one.")]
pub(super) struct Args {
    /// The journey: journey/low-mood
    #[arg(value_name = "ID")]
    id: String,
    /// Answers that lead straight to the ending
    #[arg(long, value_name = "STEP=ANSWER,…", value_delimiter = ',')]
    answers: Option<Vec<String>>,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let snapshot: Snapshot = session.snapshot(None)?;
    let content = Content::of(&snapshot);
    let item = super::find(&content, &args.id)?;
    if let Some(answers) = &args.answers {
        return scripted(session, &content, item, answers);
    }
    match Terminal::open() {
        Some(terminal) => with_keys(session, &content, item, &terminal),
        None => line_by_line(session, &content, item),
    }
}

fn screens<'s, 'a>(session: &Session, content: &'s Content<'a>, item: &'s Item<'a>) -> Result<Screens<'s, 'a>> {
    let unread = || advised(format!("`{}` cannot be read", item.id()), "`signpost check` says why");
    let journey = item.journey().ok_or_else(unread)?;
    let style = Style { color: session.has_color(), width: session.width().min(80) };
    Ok(Screens { walk: Walk { journey, content }, title: item.title(), style })
}

fn broken(screens: &Screens<'_, '_>, state: &State<'_>) -> Option<anyhow::Error> {
    let At::Nowhere(why) = state.at else { return None };
    Some(advised(screens.nowhere(why), "`signpost journey verify` says more"))
}

fn refused(refused: &Refused) -> anyhow::Error {
    advised(refused.why.clone(), refused.help.clone())
}

/// Straight to the ending.
fn scripted(session: &Session, content: &Content<'_>, item: &Item<'_>, answers: &[String]) -> Result<Verdict> {
    let screens = screens(session, content, item)?;
    let walk = screens.walk;
    let mut script = Script::read(&walk, answers).map_err(|e| refused(&e))?;
    let mut state = walk.start();
    loop {
        match state.at {
            At::Text(_) => state = walk.onward(&state),
            At::Question(..) => {
                let Some(question) = walk.question(&state) else { break };
                let Some(given) = script.take(&question).map_err(|e| refused(&e))? else {
                    session.print(&path(&screens, &state))?;
                    let ask = question.lead.map_or(question.ask.to_owned(), |lead| format!("{lead} {}", question.ask));
                    let help = typed::read(&question, &["?"], Numbers::Points).err().map(|r| r.help).unwrap_or_default();
                    return Err(advised(format!("the answers stop before an ending; next comes `{}`: “{ask}”", question.key), help));
                };
                let Some(next) = walk.answer(&state, &given) else { break };
                state = next;
            }
            At::Ending(_) | At::Nowhere(_) => break,
        }
    }
    if let Some(error) = broken(&screens, &state) {
        return Err(error);
    }
    if let Some(left) = script.left() {
        let ends = if let At::Ending(id) = state.at { id } else { "" };
        return Err(advised(format!("`{left}` is not asked with these answers"), format!("they end at `{ends}`: take the answer out")));
    }
    session.print(&format!("{}{}", path(&screens, &state), ended(&screens, &state)))?;
    Ok(Verdict::Fine)
}

/// The answers so far, a line each.
fn path(screens: &Screens<'_, '_>, state: &State<'_>) -> String {
    let words = Words::new(screens.walk.journey, screens.walk.content);
    let answers = words.answers(&state.answers);
    let mut out: String = answers.iter().map(|(question, answer)| screens.answer(question, answer)).collect();
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

fn ended(screens: &Screens<'_, '_>, state: &State<'_>) -> String {
    let id = if let At::Ending(id) = state.at { id } else { "" };
    format!("{}\nEnds at {id}\n", screens.ending(state))
}

/// An answer a line, for pipes.
fn line_by_line(session: &Session, content: &Content<'_>, item: &Item<'_>) -> Result<Verdict> {
    let screens = screens(session, content, item)?;
    let walk = screens.walk;
    let mut states = vec![walk.start()];
    let mut lines = io::stdin().lock().lines();
    loop {
        let Some(state) = states.last() else { return Ok(Verdict::Fine) };
        if let Some(error) = broken(&screens, state) {
            return Err(error);
        }
        let (question, text) = (walk.question(state), walk.text(state));
        let Some(shown) = question.as_ref().map(|q| screens.question(q, None)).or_else(|| text.map(|t| screens.text(t))) else {
            session.print(&ended(&screens, state))?;
            return Ok(Verdict::Fine);
        };
        session.print(&format!("{}{shown}\n", screens.head(state)))?;
        let next = loop {
            let Some(line) = lines.next().transpose()? else {
                let key = question.map_or_else(String::new, |q| format!("; next comes `{}`", q.key));
                return Err(advised(format!("the answers stop before an ending{key}"), "give an answer a line"));
            };
            let line = line.trim();
            let is_answer = question.as_ref().is_some_and(|q| q.choices.list().iter().any(|c| c.id == line));
            match line {
                "back" if !is_answer => break None,
                "quit" if !is_answer => return Ok(Verdict::Fine),
                "restart" if !is_answer => {
                    states.truncate(1);
                    break states.first().cloned();
                }
                _ => {}
            }
            let Some(question) = &question else { break Some(walk.onward(state)) };
            let words: Vec<&str> = match question.choices {
                Choices::Any(..) => line.split([',', '+']).map(str::trim).filter(|w| !w.is_empty()).collect(),
                _ => vec![line],
            };
            match typed::read(question, &words, Numbers::Menu).map(|given| walk.answer(state, &given)) {
                Ok(Some(next)) => break Some(next),
                Ok(None) => session.note("that is no answer"),
                Err(why) => session.note(format_args!("{}: {}", why.why, why.help)),
            }
        };
        match next {
            Some(next) if states.len() == 1 && next == states[0] => {}
            Some(next) => states.push(next),
            None if states.len() > 1 => drop(states.pop()),
            None => {}
        }
    }
}

/// With keys, a screen at a time.
fn with_keys(session: &Session, content: &Content<'_>, item: &Item<'_>, terminal: &Terminal) -> Result<Verdict> {
    let mut item = item;
    'journey: loop {
        let screens = screens(session, content, item)?;
        let walk = screens.walk;
        let mut states = vec![walk.start()];
        let mut menu = Menu::default();
        loop {
            let Some(state) = states.last() else { return Ok(Verdict::Fine) };
            if let Some(error) = broken(&screens, state) {
                return Err(error);
            }
            let next = match state.at {
                At::Ending(id) => content.get(id).filter(|i| i.kind == Kind::Journey),
                _ => None,
            };
            let question = walk.question(state);
            let (body, keys) = match (&question, walk.text(state)) {
                (Some(question), _) => (screens.question(question, Some(&menu)), menu::keys(&question.choices)),
                (None, Some(text)) => (screens.text(text), "Enter goes on · b back · r start again · q quit"),
                (None, None) if next.is_some() => (ended(&screens, state), "Enter goes on to it · b back · r start again · q quit"),
                (None, None) => (ended(&screens, state), "b back · r start again · Enter or q quit"),
            };
            let body = format!("{}{body}", screens.head(state));
            // Of a long list of answers, those around the cursor; of a long text, what was scrolled to.
            let cursor = body.lines().position(|l| l.contains("› ")).unwrap_or(0);
            let from = if question.is_some() { (cursor + 6).saturating_sub(terminal.rows()) } else { menu.cursor };
            let (_, last) = menu::window(&body, keys, terminal.rows(), from);
            let keys = if last > 0 && question.is_none() { format!("↑ ↓ read on · {keys}") } else { keys.to_owned() };
            terminal.show(&menu::window(&body, &keys, terminal.rows(), from).0)?;
            let key = terminal.key()?;
            let is_enter = key == crate::cli::terminal::Key::Enter;
            if question.is_none() {
                menu.scroll(key, last);
            }
            let pressed = question.as_ref().map_or_else(|| menu::common(key), |question| menu.press(question, key));
            let onward = match pressed {
                Pressed::Answer(given) => walk.answer(state, &given),
                Pressed::Back => {
                    if states.len() > 1 {
                        states.pop();
                        menu = Menu::default();
                    }
                    None
                }
                Pressed::Restart => {
                    states.truncate(1);
                    menu = Menu::default();
                    None
                }
                Pressed::Quit => return Ok(Verdict::Fine),
                Pressed::Stay if is_enter && question.is_none() => match (walk.text(state), next) {
                    (Some(_), _) => Some(walk.onward(state)),
                    (None, Some(next)) => {
                        item = next;
                        continue 'journey;
                    }
                    (None, None) => return Ok(Verdict::Fine),
                },
                Pressed::Stay => None,
            };
            if let Some(onward) = onward {
                states.push(onward);
                menu = Menu::default();
            }
        }
    }
}
