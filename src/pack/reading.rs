//! A page of the site as a reader goes through it: one block after the other, in plain words.
//!
//! Reads the pages that `site` makes, and takes nothing of them over but words: no tag, no attribute and no address that opens
//! reaches the pack from here. Where a link leads to is said in words.

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sort {
    /// A heading, with its level.
    Heading(u8),
    /// Running text.
    Text,
    /// One of a list.
    Item,
    /// The name of what follows.
    Term,
}

/// One block.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Block {
    /// What it is.
    pub sort: Sort,
    /// The card that it is in: `emergency`, `urgent`, `non-urgent`.
    pub card: Option<&'static str>,
    /// What it says.
    pub words: String,
}

/// Elements whose words are not for readers.
const UNREAD: [&str; 6] = ["script", "style", "svg", "nav", "template", "head"];

/// Elements that never have an end.
const VOID: [&str; 9] = ["br", "img", "input", "hr", "meta", "link", "col", "source", "wbr"];

/// The main part of a page.
pub fn blocks(page: &str) -> Vec<Block> {
    let start = page.find("<main").unwrap_or(0);
    let end = page.rfind("</main>").unwrap_or(page.len());
    let mut reader = Reader::default();
    let mut rest = page.get(start..end).unwrap_or_default();
    while let Some((before, after)) = rest.split_once('<') {
        reader.text(before);
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let Some((tag, next)) = split_tag(after) else { break };
        match tag.strip_prefix('/') {
            Some(name) => reader.close(name.trim()),
            None => reader.open(tag),
        }
        rest = next;
    }
    reader.text(rest);
    reader.flush();
    reader.blocks
}

/// A tag up to its `>`, which may stand in a quoted attribute, and what follows.
fn split_tag(text: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return Some((&text[..at], &text[at + 1..])),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    words: String,
    open: Vec<Open>,
}

struct Open {
    name: String,
    sort: Option<Sort>,
    card: Option<&'static str>,
    is_unread: bool,
    /// The address of a link.
    leads: Option<(String, usize)>,
}

impl Reader {
    fn text(&mut self, text: &str) {
        if !self.open.iter().any(|o| o.is_unread) {
            self.words.push_str(&decoded(text));
        }
    }

    fn open(&mut self, tag: &str) {
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or("").to_ascii_lowercase();
        let class = attribute(tag, "class").unwrap_or_default();
        if name == "br" {
            self.words.push(' ');
        }
        if name == "img" {
            self.words.push_str(&format!("[picture: {}]", attribute(tag, "alt").unwrap_or_default()));
        }
        if VOID.contains(&name.as_str()) {
            return;
        }
        let sort = sort(&name);
        if sort.is_some() || is_block(&name) || class.contains("note") {
            self.flush();
        }
        let card = ["non-urgent", "emergency", "urgent"].into_iter().find(|c| class.split(' ').any(|k| k == format!("care--{c}")));
        let is_unread = UNREAD.contains(&name.as_str()) || class.split(' ').any(|k| k == "review");
        let leads = if name == "a" { attribute(tag, "href").map(|href| (href, self.words.len())) } else { None };
        self.open.push(Open { name, sort, card, is_unread, leads });
    }

    fn close(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        let Some(at) = self.open.iter().rposition(|o| o.name == name) else { return };
        if let Some((href, from)) = self.open[at].leads.take() {
            let shown = self.words.get(from..).unwrap_or_default();
            let to = leads_to(&href, shown);
            self.words.push_str(&to);
        }
        if sort(&name).is_some() || is_block(&name) {
            self.flush();
        }
        self.open.truncate(at);
    }

    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words).split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            let sort = self.open.iter().rev().find_map(|o| o.sort).unwrap_or(Sort::Text);
            let card = self.open.iter().rev().find_map(|o| o.card);
            self.blocks.push(Block { sort, card, words });
        }
    }
}

fn sort(name: &str) -> Option<Sort> {
    match name {
        "h1" => Some(Sort::Heading(1)),
        "h2" => Some(Sort::Heading(2)),
        "h3" => Some(Sort::Heading(3)),
        "h4" | "h5" | "h6" => Some(Sort::Heading(4)),
        "p" | "dd" | "td" | "pre" | "blockquote" | "figcaption" | "caption" => Some(Sort::Text),
        "li" => Some(Sort::Item),
        "dt" | "th" | "legend" | "summary" => Some(Sort::Term),
        _ => None,
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "main"
            | "div"
            | "section"
            | "article"
            | "aside"
            | "header"
            | "footer"
            | "ul"
            | "ol"
            | "dl"
            | "table"
            | "tr"
            | "form"
            | "fieldset"
            | "details"
            | "label"
            | "figure"
    )
}

/// Where a link leads, unless its words say so: an address that opens something else than it shows is seen.
fn leads_to(href: &str, shown: &str) -> String {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let bare = |text: &str| text.trim_start_matches("https://").trim_start_matches("www.").trim_end_matches('/').to_owned();
    let is_said = match href.split_once(':') {
        Some(("tel" | "sms", number)) => {
            let number = number.split('?').next().unwrap_or(number);
            digits(shown).contains(&digits(number)) && !digits(number).is_empty()
        }
        Some(("mailto", address)) => shown.contains(address),
        Some(_) => shown.contains(&bare(href)),
        None => href.starts_with('#'),
    };
    if is_said { String::new() } else { format!(" [{}]", href.trim_start_matches("./").trim_start_matches("../").replace("../", "")) }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = tag.get(at..)?.split('"').next()?;
    Some(decoded(value))
}

/// Text as it was before it was escaped.
fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let known = after.split_once(';').filter(|(name, _)| name.len() < 12).and_then(|(name, next)| Some((entity(name)?, next)));
        match known {
            Some((c, next)) => {
                out.push(c);
                rest = next;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out + rest
}

fn entity(name: &str) -> Option<char> {
    let number = name.strip_prefix('#');
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "nbsp" => Some(' '),
        _ => {
            let number = number?;
            let code = number.strip_prefix('x').map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
            char::from_u32(code?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_block_by_block() {
        let page = "<body><nav>Menu</nav><main id=\"main\"><h1>Sleep &amp; rest</h1><div class=\"care care--urgent\"><h2 class=\"x\"><span>Urgent: \
            </span>Call 111 if:</h2><ul><li>you <strong>shake</strong></li></ul></div><p>Call <a href=\"tel:116123\">116 123</a> or read \
            <a href=\"../../topics/a/\">this</a>, or <a href=\"https://evil.example\">nhs.uk</a>.</p><script>bad()</script></main>";
        let said: Vec<String> = blocks(page).iter().map(|b| format!("{:?} {:?} {}", b.sort, b.card, b.words)).collect();
        assert_eq!(
            said,
            [
                "Heading(1) None Sleep & rest",
                "Heading(2) Some(\"urgent\") Urgent: Call 111 if:",
                "Item Some(\"urgent\") you shake",
                "Text None Call 116 123 or read this [topics/a/], or nhs.uk [https://evil.example].",
            ]
        );
    }

    #[test]
    fn whatever_a_template_holds_is_only_words() {
        for page in [
            "<main><p title=\"a>b\">x",
            "<main><p>&#x3c;script&#62; &unknown; &",
            "<<<>>",
            "<main><a href=\"javascript:1\">x</a>",
            "<!-- <p>",
        ] {
            let _ = blocks(page);
        }
        assert_eq!(blocks("<main><p>&#x3c;b&#62; &unknown; & c")[0].words, "<b> &unknown; & c");
        assert_eq!(blocks("<main><p title=\"a>b\">x")[0].words, "x");
    }
}
