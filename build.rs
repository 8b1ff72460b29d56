//! Embeds `schemas/`, `site-templates/` and `blueprints/` in the binary, as sorted lists of path and bytes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

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
    fs::write(Path::new(&env::var_os("OUT_DIR").unwrap_or_default()).join("embedded.rs"), out)
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let Ok(entries) = fs::read_dir(dir) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
