#!/usr/bin/env python3
"""Measures `signpost check` against its budget, and that it finds exactly what is wrong.

    check.py [--dir DIR] [--sizes 1000 10000 50000] [--runs 5] [--signpost PATH] [--jsonschema-cli PATH] [--slow PATH…]

For each size it writes a content repository with gen_resources.py (once; DIR keeps them), runs `signpost check
--format json` and holds the findings against the truth: every broken file found, at its line and column, with the
right code and suggestion, and nothing else. Then it times whole processes in turn and prints Markdown tables:
the sizes against each other, one file and this repository's own content, and, of 10,000 resources, Signpost beside
`jsonschema-cli`, which validates the same files with the same schema and does nothing more. --slow names further
validators (check-jsonschema, yamllint), run once on the first size for scale.

Exit status 1: a finding is wrong, or a figure is over budget.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from timing import Command, in_turn, machine, root, table

NOW = "2026-12-01"
BUDGET_CPU, BUDGET_PEAK, BUDGET_GROWTH, BUDGET_SMALL = 1.0, 100, 5.5, 0.05


def corpus(a, n):
    out = a.dir / f"{n}"
    if not (out / "truth.jsonl").exists():
        subprocess.run([sys.executable, root() / "benches" / "gen_resources.py", out, "--n", str(n)], check=True)
    return out


def check(a, folder, *more):
    return [a.signpost, "-C", folder, "check", "--format", "json", "--now", NOW, *more]


def verify(a, folder):
    """The findings against truth.jsonl; gives what differs, in words."""
    truth = {(t["file"], t["line"], t["column"]): t for t in map(json.loads, open(folder / "truth.jsonl"))}
    result = subprocess.run(check(a, folder), capture_output=True, text=True)
    if result.returncode != 1:
        return [f"exit status {result.returncode}: {result.stderr[-500:]}"]
    wrong = []
    for f in json.loads(result.stdout)["findings"]:
        t = truth.pop((f["file"], f["line"], f["column"]), None)
        place = f"{f['file']}:{f['line']}:{f['column']}"
        if t is None:
            wrong.append(f"{place}: not wrong, but {f['code']}: {f['message']}")
            continue
        if t["code"] != f["code"] or f["severity"] != "error":
            wrong.append(f"{place}: {t['kind']} is {t['code']}, not {f['severity']} {f['code']}: {f['message']}")
        said = json.dumps([f["message"], f.get("help"), f.get("fix")])
        if t["suggestion"] and json.dumps(t["suggestion"])[1:-1] not in said.replace("`", ""):
            wrong.append(f"{place}: does not suggest {t['suggestion']}: {said}")
    return wrong + [f"{t['file']}:{t['line']}:{t['column']}: {t['kind']} not found" for t in truth.values()]


def plain_files(folder):
    """The resources that a schema validator can read to the end: it stops for good at bad YAML."""
    unreadable = {t["file"] for t in map(json.loads, open(folder / "truth.jsonl")) if t["kind"] in ("duplicate-key", "yaml-syntax")}
    listed = (folder / "sound.txt").read_text().split() + (folder / "broken.txt").read_text().split()
    return sorted(f for f in listed if f not in unreadable)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--dir", type=Path, default=Path(tempfile.gettempdir()) / "signpost-bench")
    ap.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000, 50000])
    ap.add_argument("--runs", type=int, default=5)
    ap.add_argument("--signpost", type=Path, default=root() / "target" / "release" / "signpost")
    ap.add_argument("--jsonschema-cli", type=Path)
    ap.add_argument("--slow", nargs="*", default=[])
    a = ap.parse_args()
    a.signpost = a.signpost.resolve()
    folders = {n: corpus(a, n) for n in a.sizes}
    print(f"{machine()}\n", flush=True)
    bad = []
    for n, folder in folders.items():
        wrong = verify(a, folder)
        print(f"{n} resources: {'findings are exactly the truth' if not wrong else str(len(wrong)) + ' differences'}", flush=True)
        bad += wrong[:20]

    by_size = {n: Command(f"signpost check, {n:,}", check(a, f), statuses=(1,)) for n, f in folders.items()}
    one = min(a.sizes)
    first = (folders[one] / "sound.txt").read_text().split()[0]
    small = [Command("signpost check, this repository", check(a, root())),
             Command(f"signpost check ONE FILE, of {one:,}", check(a, folders[one], first))]
    commands = [*by_size.values(), *small]
    middle = by_size.get(10000)
    if a.jsonschema_cli and middle:
        schema = root() / "schemas" / "resource.schema.json"
        files = plain_files(folders[10000])
        # Status 1: it finds those that are broken. The same folder, so the same paths.
        other = Command("jsonschema-cli, 10,000", [a.jsonschema_cli.resolve(), "validate", schema, "-i", *files],
                        cwd=folders[10000], statuses=(1,))
        commands.append(other)
    in_turn(commands, a.runs)
    print("\n" + table(commands, middle or commands[0]))
    for tool in a.slow:
        files = plain_files(folders[one])
        schema = ["--schemafile", root() / "schemas" / "resource.schema.json"] if "jsonschema" in tool else []
        slow = Command(f"{Path(tool).name}, {one:,}", [Path(tool).absolute(), *schema, *files], cwd=folders[one], statuses=(0, 1))
        in_turn([slow], 1, 0)
        print("\n" + table([slow]))

    if middle:
        if middle.median("cpu") > BUDGET_CPU:
            bad.append(f"over budget: {middle.median('cpu'):.2f} s of CPU for 10,000")
        if middle.median("peak") > BUDGET_PEAK:
            bad.append(f"over budget: {middle.median('peak'):.0f} MiB for 10,000")
        if a.jsonschema_cli and middle.median("wall") > other.median("wall"):
            bad.append("over budget: slower than jsonschema-cli")
        if 50000 in by_size and (growth := by_size[50000].median("cpu") / middle.median("cpu")) > BUDGET_GROWTH:
            bad.append(f"over budget: 50,000 cost {growth:.1f} times 10,000")
    for c in small:
        if c.median("wall") > BUDGET_SMALL:
            bad.append(f"over budget: {c.name}: {c.median('wall'):.3f} s")
    print("\n" + "\n".join(bad or ["within budget"]))
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
