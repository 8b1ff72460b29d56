#!/usr/bin/env python3
"""Measures `signpost diff` of 1,000 changed items among 10,000, ten journeys among them, against its budget.

    diff.py [--dir DIR] [--n 10000] [--changed 1000] [--runs 5] [--signpost PATH]

Writes a content repository with gen_resources.py and ten journeys over a nine-item scale, commits it, changes resources (a
digit, hours, a word) and moves a cut of every journey, and times `signpost diff --format json` as a whole process: both
versions are read, compared item by item, and the journeys' behaviour is compared exactly.

Exit status 1: not every change is found, or the median is over budget.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from timing import Command, in_turn, machine, root, table

BUDGET = 1.0

SCALE = "title: Scale\nanswers:\n" + "".join(
    f"  a{n}: {{label: Answer {n}, points: {n}}}\n" for n in range(4)
) + "items:\n" + "".join(f"  i{n}: {{ask: Question {n}?}}\n" for n in range(9)) + (
    "bands:\n  - {id: low, label: Low, from: 0, to: 9}\n  - {id: high, label: High, from: 10, to: 27}\n"
    "licence: {terms: Free to use, source: \"https://example.org\", item_text: allowed}\n"
)


def journey(n, cut):
    return (
        f"title: Journey {n}\nstart: danger\nsteps:\n  danger:\n    ask: Are you in danger?\n    answers:\n"
        '      yes: {label: "Yes", go: outcome/now}\n      no: {label: "No"}\n    go: scale\n'
        "  scale: {use: instrument/scale, go: level}\n  level:\n    decide:\n"
        "      - {when: {answer: scale.i8, is_not: a0}, go: outcome/now}\n"
        f"      - {{when: {{score: scale, at_least: {cut}}}, go: outcome/soon}}\n    otherwise: outcome/rest\n"
    )


def git(folder, *args):
    identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0"]
    subprocess.run(["git", "-C", folder, *identity, *args], check=True, stdout=subprocess.DEVNULL)


def corpus(a):
    folder = a.dir / f"diff-{a.n}-{a.changed}"
    if (folder / "ready").exists():
        return folder
    subprocess.run([sys.executable, root() / "benches" / "gen_resources.py", folder, "--n", str(a.n)], check=True)
    content = folder / "content"
    levels = [line.split("id: ")[1].split(",")[0] for line in (content / "acuity.yaml").read_text().splitlines() if "id: " in line]
    for name, level in zip(["now", "soon", "rest"], [levels[0], levels[1], levels[-1]]):
        (content / "outcomes").mkdir(exist_ok=True)
        (content / "outcomes" / f"{name}.md").write_text(f"---\ntitle: {name.title()}\nacuity: {level}\n---\nWords.\n")
    for kind in ["instruments", "journeys"]:
        (content / kind).mkdir(exist_ok=True)
    (content / "instruments" / "scale.yaml").write_text(SCALE)
    for n in range(10):
        (content / "journeys" / f"j{n}.yaml").write_text(journey(n, 15))
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "before")
    resources = sorted((content / "resources").rglob("*.yaml"))
    step = len(resources) // (a.changed - 10)
    changed = 0
    for path in resources[::step]:
        if changed == a.changed - 10:
            break
        text = path.read_text()
        path.write_text(text.replace("title: ", "title: The ", 1))
        changed += 1
    for n in range(10):
        (content / "journeys" / f"j{n}.yaml").write_text(journey(n, 14))
    (folder / "ready").write_text("")
    return folder


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dir", type=Path, default=Path(tempfile.gettempdir()) / "signpost-bench")
    parser.add_argument("--n", type=int, default=10_000)
    parser.add_argument("--changed", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--signpost", type=Path, default=root() / "target" / "release" / "signpost")
    a = parser.parse_args()
    folder = corpus(a)
    argv = [a.signpost, "-C", folder, "diff", "HEAD", "--format", "json"]
    found = json.loads(subprocess.run([str(x) for x in argv], check=True, stdout=subprocess.PIPE).stdout)["items"]
    moved = [i for i in found if i.get("behaviour", {}).get("changed") == "6728"]
    print(machine())
    print(f"\n{len(found)} of {a.changed} changes found, {len(moved)} of 10 journeys moved by exactly 6,728 combinations\n")
    command = Command(f"diff, {a.changed} of {a.n} items", argv)
    in_turn([command], a.runs)
    print(table([command]))
    if len(found) != a.changed or len(moved) != 10 or command.median("wall") > BUDGET:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
