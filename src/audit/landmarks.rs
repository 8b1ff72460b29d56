//! The parts of a page that people jump to: main, banner, help.

use super::page::Page;

/// The elements that are the main part.
pub fn mains(page: &Page<'_>) -> Vec<usize> {
    let is_main = |n: &usize| {
        let element = &page.elements[*n];
        page.value(element, "role").map_or(element.name == "main", |role| role == "main") && !page.is_hidden(*n)
    };
    (0..page.elements.len()).filter(is_main).collect()
}

/// The elements that are the page's banner: its header, or what says so.
pub fn banners(page: &Page<'_>) -> Vec<usize> {
    let is_part = |name: &str| matches!(name, "article" | "aside" | "main" | "nav" | "section");
    let is_banner = |n: &usize| {
        let element = &page.elements[*n];
        let by_name = || element.name == "header" && !page.above(*n).any(|(_, e)| is_part(&e.name));
        page.value(element, "role").map_or_else(by_name, |role| role == "banner") && !page.is_hidden(*n)
    };
    (0..page.elements.len()).filter(is_banner).collect()
}

/// Whether an element can be jumped to by what it is.
pub fn is_landmark(page: &Page<'_>, number: usize) -> bool {
    let element = &page.elements[number];
    let has_name = || page.attribute(element, "aria-label").is_some() || page.attribute(element, "aria-labelledby").is_some();
    match page.value(element, "role") {
        Some(role) => matches!(role, "banner" | "navigation" | "complementary") || (role == "region" && has_name()),
        None => match element.name.as_ref() {
            "header" => banners(page).contains(&number),
            "nav" | "aside" => true,
            "section" => has_name(),
            _ => false,
        },
    }
}
