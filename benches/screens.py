#!/usr/bin/env python3
"""Measures what a journey with 2,000 screens adds to a build of this repository's own site.

    screens.py [--dir /dev/shm/signpost-screens] [--runs 7] [--signpost PATH]

Builds the content of this repository as it is, with a journey of 1,985 branching questions that ends at 14 of its outcomes, and
with one that adds up 35 questions and shows the points at its ending: both have nearly as many screens as may be pages. Whole
processes in turn, on a RAM disk; what the audit of the pages costs is told apart. Exit status 1: a journey adds more than 300 ms
without the audit.
"""
import argparse
import shutil
import sys
from pathlib import Path

from build import phases, without_audit
from timing import Command, in_turn, machine, root, table

BUDGET = 0.3
QUESTIONS, ITEMS = 1985, 35
HEAD = """title: {title}
summary: Made up for a measurement.
audience: {{age: {{min: 18}}}}
topics: [topic/sleep]
start: danger
steps:
  danger:
    ask: Are you, or is someone else, in danger right now?
    answers:
      yes: {{label: "Yes", go: outcome/emergency}}
      no: {{label: "No"}}
    go: {first}
"""
SAFETY = """safety:
  - {id: danger-is-asked-first, asks_first: danger}
  - {id: danger-means-emergency, whenever: {answer: danger, is: yes}, outcome: {in: [outcome/emergency]}}
"""


def vignettes(answers):
    rows = "".join(f"  - {{name: Made up {n}, answers: {{{given}}}, ends: {end}}}\n" for n, (given, end) in enumerate(answers))
    return f"vignettes:\n{rows}"


def branching(folder):
    ends = sorted(f.stem for f in (folder / "content" / "outcomes").glob("*.md"))
    leads = {}
    for i in range(QUESTIONS):
        other = f"outcome/{ends[i // 10 % len(ends)]}" if i % 10 == 9 or i + 40 > QUESTIONS else f"q{i + 2 + i * 7 % 30}"
        leads[f"q{i}"] = {"yes": other, "no": f"q{i + 1}" if i + 1 < QUESTIONS else "outcome/sleep-help"}

    def walk(answer):
        at, given = "q0", ["danger: no"]
        while at in leads:
            said = answer(len(given))
            given.append(f"{at}: {said}")
            at = leads[at][said]
        return ", ".join(given), at
    steps = "".join(f'  {name}: {{ask: "Is statement {name[1:]} true for you?", answers: {{yes: {{label: "Yes", go: {go["yes"]}}}, '
                    f'no: {{label: "No"}}}}, go: {go["no"]}}}\n' for name, go in leads.items())
    told = [("danger: yes", "outcome/emergency"), walk(lambda n: "yes"), walk(lambda n: "yes" if n > 9 else "no")]
    text = HEAD.format(title="Two thousand screens", first="q0") + steps + SAFETY + vignettes(told)
    (folder / "content" / "journeys" / "two-thousand-screens.yaml").write_text(text)


def scores(folder):
    top = 3 * ITEMS
    answers = "".join(f"  a{n}: {{label: Answer {n}, points: {n}}}\n" for n in range(4))
    items = "".join(f"  i{n}: {{ask: How often was statement {n} true for you?}}\n" for n in range(ITEMS))
    (folder / "content" / "instruments" / "made-up.yaml").write_text(
        f"title: Made-up questions\ndirection: higher-is-worse\nanswers:\n{answers}items:\n{items}bands:\n"
        f"  - {{id: low, label: Low, from: 0, to: {top // 2}}}\n  - {{id: high, label: High, from: {top // 2 + 1}, to: {top}}}\n"
        "licence: {terms: Free to use., source: Made up, item_text: allowed}\n")
    steps = ("  made-up: {use: instrument/made-up, go: result}\n  result:\n    decide:\n"
             "      - {when: {score: made-up, band: high}, go: outcome/see-gp}\n    otherwise: outcome/sleep-help\n")

    def all_of(points):
        return f"danger: no, made-up: [{', '.join([str(points)] * ITEMS)}]"
    told = [("danger: yes", "outcome/emergency"), (all_of(0), "outcome/sleep-help"), (all_of(3), "outcome/see-gp")]
    text = HEAD.format(title="Many points", first="made-up") + steps + SAFETY + "report: {made-up: number}\n" + vignettes(told)
    (folder / "content" / "journeys" / "many-points.yaml").write_text(text)


def site(a, name, add):
    folder = a.dir / name
    if not folder.exists():
        for part in ("content", "reviews"):
            shutil.copytree(root() / part, folder / part)
        add(folder)
    out = folder / "public"

    def clean():
        shutil.rmtree(out, ignore_errors=True)
    return Command(name, [a.signpost, "-v", "build", "--out", "public", "--now", "2026-11-22"], cwd=folder, before=clean, after=clean,
                   is_watched=True)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--dir", type=Path, default=Path("/dev/shm/signpost-screens"))
    ap.add_argument("--runs", type=int, default=7)
    ap.add_argument("--signpost", type=Path, default=root() / "target" / "release" / "signpost")
    a = ap.parse_args()
    a.signpost = a.signpost.absolute()
    plain, *more = [site(a, "without", lambda folder: None), site(a, "with 1,985 branching questions", branching),
                    site(a, "with 35 questions and their points", scores)]
    print(f"{machine()}\n", flush=True)
    in_turn([plain, *more], a.runs)
    print(table([plain, *more]) + f"\n\nWithout\n\n{phases(plain)}")
    bad = []
    for command in more:
        added = [b - p for p, b in zip(without_audit(plain), without_audit(command))]
        audited = [command.median(f) - plain.median(f) - n for f, n in zip(("wall", "cpu"), added)]
        print(f"\nAs it is {command.name}\n\n{phases(command)}\n\nIt adds {1000 * added[0]:.0f} ms ({1000 * added[1]:.0f} ms of CPU), and to the "
              f"audit {1000 * audited[0]:.0f} ms ({1000 * audited[1]:.0f} ms of CPU)")
        if added[0] > BUDGET:
            bad.append(f"over budget: {command.name} {1000 * added[0]:.0f} ms more")
    print("\n" + "\n".join(bad or ["within budget"]))
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
