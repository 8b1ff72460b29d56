//! What an element is called by those who hear the page: a label, an `aria-label`, or the words in it.

use super::page::Page;
use super::view::squeezed;

/// The name of an element; empty where it has none.
pub fn of(page: &Page<'_>, number: usize) -> String {
    let element = &page.elements[number];
    if let Some(ids) = page.value(element, "aria-labelledby") {
        let words: Vec<String> = ids.split_ascii_whitespace().filter_map(|id| page.by_id(id)).map(|n| labelled(page, n)).collect();
        if words.iter().any(|w| !w.is_empty()) {
            return squeezed(&words.join(" "));
        }
    }
    let given = labelled(page, number);
    if given.is_empty() { squeezed(page.value(element, "title").unwrap_or("")) } else { given }
}

/// The same, where the element is a label of another.
fn labelled(page: &Page<'_>, number: usize) -> String {
    let label = squeezed(page.value(&page.elements[number], "aria-label").unwrap_or(""));
    if label.is_empty() { content(page, number) } else { label }
}

/// The words in an element as they are heard, pictures by what they say.
pub fn content(page: &Page<'_>, number: usize) -> String {
    let element = &page.elements[number];
    let mut out = String::new();
    for words in &page.words[element.words.start as usize..element.words.end as usize] {
        // A label may be hidden itself and yet name something; what is hidden within it is not part of the name.
        let is_heard = words.parent.is_none_or(|p| is_heard(page, p as usize, number));
        if is_heard {
            out.push_str(&words.text);
            out.push(' ');
        }
    }
    for inner in page.inside(number) {
        let other = &page.elements[inner];
        let said = match other.name.as_ref() {
            "img" => page.value(other, "alt"),
            _ => page.value(other, "aria-label"),
        };
        if let Some(said) = said.filter(|s| !s.is_empty() && is_heard(page, inner, number)) {
            out.push_str(said);
            out.push(' ');
        }
    }
    squeezed(&out)
}

/// Whether an element in another is heard as part of it.
fn is_heard(page: &Page<'_>, mut at: usize, within: usize) -> bool {
    while at != within {
        let element = &page.elements[at];
        if page.attribute(element, "hidden").is_some()
            || page.value(element, "aria-hidden") == Some("true")
            || matches!(element.name.as_ref(), "script" | "style")
        {
            return false;
        }
        match element.parent {
            Some(parent) => at = parent as usize,
            None => return true,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn names_are_what_is_heard() {
        let page = read::page(
            "<a>One <b hidden>no</b><i aria-hidden=true>no</i>\n two</a><a><img alt=Home></a><a aria-label=' Said '>x</a><a aria-labelledby='p q'>x</a><p id=p hidden>By <b>id</b></p><a title=Hint></a><a></a>",
        );
        let names: Vec<String> = page.named("a").map(|(n, _)| of(&page, n)).collect();
        assert_eq!(names, ["One two", "Home", "Said", "By id", "Hint", ""]);
    }
}
