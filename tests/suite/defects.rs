//! Runs `tests/defects/*.md`: defects of published clinical logic, rebuilt, each with what `check` says of it, and beside it
//! the same as it should be, of which `check` says nothing. Written as the cases of `tests/rules/` are.

use std::path::Path;

use super::rules::{run_page, similar_lines};

#[test]
fn known_defects_are_caught_and_what_is_sound_raises_nothing() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = String::new();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/defects")).unwrap() {
        let path = entry.unwrap().path();
        let (expected, found) = run_page("", &std::fs::read_to_string(&path).unwrap());
        if update {
            std::fs::write(&path, &found).unwrap();
        } else if expected != found {
            wrong.push_str(&format!("{}:\n{}", path.display(), similar_lines(&expected, &found)));
        }
        // The first case of a page has the defect, unless the page is about what is sound; the last never has it.
        let is_sound = path.ends_with("gate.md");
        let cases: Vec<&str> = found.split("```findings\n").skip(1).map(|c| c.split("```").next().unwrap()).collect();
        assert_eq!(cases[0].contains("error[") || cases[0].contains("warning["), !is_sound, "{}", path.display());
        assert_eq!(cases.last(), Some(&""), "{}", path.display());
    }
    assert!(wrong.is_empty(), "{wrong}\nUPDATE_EXPECT=1 cargo test writes the findings as they are now; read them before you commit");
}
