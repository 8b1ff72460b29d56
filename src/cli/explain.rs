//! `signpost explain`.

use anyhow::Result;

use super::Verdict;
use super::prose;
use super::session::{Session, unknown};
use crate::audit;
use crate::check;
use crate::diag::rule::Rule;
use crate::diff::codes::{self, Code};
use crate::model::suggest;

/// Explain a finding: what it means, an example that has it and one that has not, where the rule comes from
///
/// Also the kinds of change that `diff` tells apart (family C). Without a code, all with a line for each.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The code of a finding, such as R001, or the letter of a family, such as R
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let wanted = args.code.as_deref().unwrap_or("").to_uppercase();
    let all = all();
    if let Some(rule) = all.iter().find(|r| r.code == wanted) {
        let style = prose::Style { color: session.has_color(), width: session.width() };
        let text = format!("# {} · {} · {}\n\n{}", rule.code, rule.name, rule.severity.word(), rule.explanation());
        session.print(&prose::render(&text, style))?;
        return Ok(Verdict::Fine);
    }
    if let Some(code) = codes::find(&wanted) {
        let style = prose::Style { color: session.has_color(), width: session.width() };
        let text = format!("# {} · {} · {}\n\n{}\n", code.code, code.name, code.severity.word(), code.why);
        session.print(&prose::render(&text, style))?;
        return Ok(Verdict::Fine);
    }
    let mut rules: Vec<&Rule<()>> = all.iter().filter(|r| wanted.len() <= 1 && r.code.starts_with(&wanted)).collect();
    let changes: Vec<&Code> = codes::ALL.iter().copied().filter(|c| wanted.len() <= 1 && c.code.starts_with(&wanted)).collect();
    if rules.is_empty() && changes.is_empty() {
        let near = suggest(&wanted, all.iter().map(|r| r.code).chain(codes::ALL.iter().map(|c| c.code)));
        return Err(unknown(
            format!("there is no rule `{}`", args.code.as_deref().unwrap_or("")),
            near,
            "`signpost explain` lists all rules",
        ));
    }
    rules.sort_by_key(|r| r.code);
    let lines = rules.iter().map(|r| format!("{}  {:7}  {}\n", r.code, r.severity.word(), r.summary().replace('`', "")));
    let kinds = changes.iter().map(|c| format!("{}  {:7}  {}\n", c.code, c.severity.word(), c.name));
    session.print(&lines.chain(kinds).collect::<String>())?;
    Ok(Verdict::Fine)
}

/// The rules over content and over pages.
fn all() -> Vec<Rule<()>> {
    check::rules().map(Rule::about).chain(audit::rules().map(Rule::about)).collect()
}
