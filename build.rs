//! Embeds `schemas/`, `site-templates/` and `blueprints/` in the binary, as sorted lists of path and bytes, and the
//! numbering plans of all countries (docs/decisions/0005-phone-numbers.md).

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use phonenumber::metadata::DATABASE;

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut out = String::new();
    for (name, folder) in [("SCHEMAS", "schemas"), ("TEMPLATES", "site-templates"), ("BLUEPRINTS", "blueprints")] {
        println!("cargo::rerun-if-changed={folder}");
        let mut files = Vec::new();
        collect(&root.join(folder), &mut files)?;
        files.sort();
        let _ = writeln!(out, "/// The files of `{folder}/`.\npub const {name}: &[(&str, &[u8])] = &[");
        for file in files {
            let relative = file.strip_prefix(root.join(folder)).unwrap_or(&file);
            let path = relative.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            let _ = writeln!(out, "    ({path:?}, include_bytes!({:?})),", file.display().to_string());
        }
        out.push_str("];\n");
    }
    let to = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(to.join("embedded.rs"), out)?;
    fs::write(to.join("number_plans.rs"), number_plans())
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let Ok(entries) = fs::read_dir(dir) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

/// What the metadata of the phonenumber crate says of each country, as source of the table that `src/phone/plan.rs` describes.
fn number_plans() -> String {
    let mut countries: Vec<_> = DATABASE.iter().filter(|m| m.id().len() == 2).collect();
    countries.sort_by_key(|m| m.id().to_owned());
    let mut out = String::from("const PLANS: &[Data] = &[\n");
    for country in countries {
        let all = country.descriptors();
        let kinds = [all.fixed_line(), all.mobile(), all.toll_free(), all.premium_rate(), all.shared_cost()];
        let more = [all.personal_number(), all.voip(), all.pager(), all.uan(), all.voicemail()];
        let kinds: Vec<_> = kinds.into_iter().chain(more).flatten().collect();
        let patterns: Vec<String> = kinds.iter().map(|d| bare(d.national_number().as_str())).collect();
        let lengths: BTreeSet<u16> = kinds.iter().flat_map(|d| d.possible_length()).copied().collect();
        let prefix = country.national_prefix().unwrap_or("");
        let _ = writeln!(
            out,
            "Data {{ id: {:?}, code: {}, prefix: {prefix:?}, lengths: &{:?}, valid: {:?}, formats: &[",
            country.id(),
            country.country_code(),
            Vec::from_iter(lengths),
            patterns.join("|"),
        );
        for format in country.formats() {
            let rule = format.national_prefix().unwrap_or("$FG");
            let first = rule.replace("$NP", prefix).replace("$FG", "$1");
            let begins = format.leading_digits().last().map_or(String::new(), |d| bare(d.as_str()));
            let written = format.format().replacen("$1", &first, 1);
            let has_prefix = rule.contains("$NP") && !prefix.is_empty();
            let _ = writeln!(out, "({begins:?}, {:?}, {written:?}, {has_prefix}),", bare(format.pattern().as_str()));
        }
        out.push_str("] },\n");
    }
    out.push_str("];\n");
    out
}

/// A pattern without the white space by which the metadata is laid out.
fn bare(pattern: &str) -> String {
    pattern.split_whitespace().collect()
}
