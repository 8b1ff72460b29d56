//! The built site of this repository in a real browser. Needs Chromium and the Node packages of `tests/browser`, which
//! `.ci/run` installs; without them it is reported as ignored, by name.

use std::path::Path;
use std::process::Command;

#[test]
#[ignore = "needs Chromium and the Node packages of tests/browser: .ci/run installs them and runs this"]
fn browser_finds_nothing_wrong_with_the_built_site() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let built = Command::new(env!("CARGO_BIN_EXE_signpost")).arg("build").arg("--out").arg(&site).current_dir(root).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let output = Command::new("node").arg("run.mjs").arg(&site).current_dir(root.join("tests/browser")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}");
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
}
