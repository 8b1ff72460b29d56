//! Just enough of an HTML reader for tests: the tags of a page in order, with their attributes.

use std::collections::BTreeMap;

/// One opening tag.
#[derive(Debug)]
pub struct Tag {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    /// Where it starts.
    pub at: usize,
}

impl Tag {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// The opening tags of a page; what stands in `style` is left out.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        at = start + 1;
        let rest = &html[at..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let (tag, length) = read(rest, start);
        at += length;
        if tag.name == "style" {
            at += html[at..].find("</style").unwrap_or(0);
        }
        tags.push(tag);
    }
    tags
}

fn read(text: &str, at: usize) -> (Tag, usize) {
    let name: String = text.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
    let mut attributes = BTreeMap::new();
    let mut i = name.len();
    loop {
        i += text[i..].len() - text[i..].trim_start().len();
        if text[i..].starts_with('>') {
            return (Tag { name, attributes, at }, i + 1);
        }
        let key: String = text[i..].chars().take_while(|c| !c.is_whitespace() && !"=>/".contains(*c)).collect();
        i += key.len();
        let mut value = String::new();
        if let Some(quoted) = text[i..].strip_prefix("=\"") {
            value = quoted[..quoted.find('"').expect("an attribute ends")].to_owned();
            i += value.len() + 3;
        } else if key.is_empty() {
            i += 1;
        }
        if !key.is_empty() {
            assert!(attributes.insert(key.clone(), unescape(&value)).is_none(), "{key} twice in {}", &text[..i]);
        }
    }
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}
