#!/usr/bin/env python3
"""Measures `signpost build` of many pages beside other site generators, on the same texts.

    build.py [--dir /dev/shm/signpost-build] [--pages 10000] [--runs 5] [--signpost PATH] [--hugo PATH] [--zola PATH]
             [--generator ../shared/bench/gen_ssg.py] [--linear] [--limit] [--disk DIR]

The script of --generator writes one made-up corpus for each program: pages of about 600 words in sections, with tags, lists of
both and a sitemap. Signpost gets the same texts as topics (gen_site.py). Whole processes that build into no folder are timed in
turn; what they wrote is removed after each run, which is not timed. Use a RAM disk: on others, making ten thousand
folders costs more than all else. What the audit of its pages costs, which other programs lack, is told apart.

--linear   also five times as many pages
--limit    also a program that only reads, makes HTML and writes, on two threads (limit.rs, built with cargo)
--disk     the same two on a real disk, in this folder

A corpus is kept in --dir: remove the folder after a change to the generator. Exit status 1: a figure is over budget. Only the
standard library is used.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import gen_site
from timing import Command, in_turn, machine, root, table

# What `signpost -v build` says at the end of each phase.
PHASES = [("reading, and what reviews say", "read the reviews"), ("checking", "checked "), ("pages, lists, search index, data", "rendered "),
          ("audit of the pages", "audited "), ("writing", "built in ")]
BUDGET_OF_OTHERS, BUDGET_PEAK, BUDGET_GROWTH, BUDGET_LIMIT = 0.25, 300, 5.5, 1.3


def corpus(where, module, tool, n):
    folder = where / f"{tool}-{n}"
    if not folder.exists():
        write = gen_site.signpost if tool == "signpost" else lambda module, corpus, root: getattr(module, tool)(corpus, root)
        # Whole or not at all, should it be interrupted.
        part = where / f"{tool}-{n}.part"
        shutil.rmtree(part, ignore_errors=True)
        write(module, gen_site.corpus(module, n), part)
        part.rename(folder)
    return folder


def clean(name, argv, folder, n, is_watched=False, is_synced=False):
    out = folder / "public"

    def before():
        shutil.rmtree(out, ignore_errors=True)
        if is_synced:
            os.sync()

    def after():
        built = sum(file.endswith(".html") for _, _, files in os.walk(out) for file in files)
        if built < n:
            raise SystemExit(f"{name}: {built} pages, not {n}")
        shutil.rmtree(out)
    return Command(f"{name}, {n:,} pages", argv, cwd=folder, before=before, after=after, is_watched=is_watched)


def build(a, module, where, n, **more):
    folder = corpus(where, module, "signpost", n)
    return clean("signpost build", [a.signpost, "-v", "build", "--out", "public"], folder, n, is_watched=True, **more)


def limit(a, module, where, n, **more):
    folder = corpus(where, module, "signpost", n)
    return clean("the limit", [a.limit_program, "content/topics", "public"], folder, n, **more)


def limit_program():
    """Builds limit.rs and gives its path."""
    argv = ["cargo", "bench", "-q", "--no-run", "--bench", "limit", "--message-format", "json"]
    out = subprocess.run(argv, cwd=root(), check=True, capture_output=True, text=True).stdout
    made = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    return next(m["executable"] for m in made if m.get("executable") and m["target"]["name"] == "limit")


def without_audit(command):
    """Medians of wall and CPU seconds of what is not the audit."""
    rest = []
    for run in command.runs:
        wall, cpu = run.between("rendered ", "audited ")
        rest.append((run.wall - wall, run.cpu - cpu))
    return [statistics.median(figures) for figures in zip(*rest)]


def phases(command):
    rows = ["| phase | wall s | CPU s |", "| --- | --- | --- |"]
    before = None
    for name, after in PHASES:
        wall, cpu = (statistics.median(f) for f in zip(*(run.between(before, after) for run in command.runs)))
        rows.append(f"| {name} | {wall:.3f} | {cpu:.2f} |")
        before = after
    wall, cpu = without_audit(command)
    return "\n".join(rows + [f"| all but the audit | {wall:.3f} | {cpu:.2f} |"])


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--dir", type=Path, default=Path("/dev/shm/signpost-build"))
    ap.add_argument("--pages", type=int, default=10000)
    ap.add_argument("--runs", type=int, default=5)
    ap.add_argument("--signpost", type=Path, default=root() / "target" / "release" / "signpost")
    ap.add_argument("--hugo", type=Path)
    ap.add_argument("--zola", type=Path)
    ap.add_argument("--generator", type=Path, default=root().parent / "shared" / "bench" / "gen_ssg.py")
    ap.add_argument("--linear", action="store_true")
    ap.add_argument("--limit", action="store_true")
    ap.add_argument("--disk", type=Path)
    a = ap.parse_args()
    a.signpost = a.signpost.absolute()
    module, bad = gen_site.generator(a.generator), []
    a.limit_program = limit_program() if a.limit or a.disk else None

    ours = build(a, module, a.dir, a.pages)
    others = [clean(f"{tool} build", [program.absolute(), "build"], corpus(a.dir, module, tool, a.pages), a.pages)
              for tool, program in (("hugo", a.hugo), ("zola", a.zola)) if program]
    limits = [limit(a, module, a.dir, a.pages)] if a.limit else []
    larger = [build(a, module, a.dir, 5 * a.pages)] if a.linear else []
    print(f"{machine()}\n", flush=True)
    in_turn([ours, *others, *limits, *larger], a.runs)
    fastest = min(others, key=lambda c: c.median("wall"), default=None)
    print(table([ours, *others, *limits, *larger], fastest) + "\n\n" + phases(ours), flush=True)
    wall, cpu = without_audit(ours)
    if fastest:
        of_wall, of_cpu = wall / fastest.median("wall"), cpu / fastest.median("cpu")
        print(f"\nWithout the audit {of_wall:.2f} of the wall time and {of_cpu:.2f} of the CPU time of: {fastest.name}")
        if max(of_wall, of_cpu) > BUDGET_OF_OTHERS:
            bad.append(f"over budget: {of_wall:.2f} of its wall and {of_cpu:.2f} of its CPU time, not {BUDGET_OF_OTHERS}")
    if a.pages <= 10000 and ours.median("peak") > BUDGET_PEAK:
        bad.append(f"over budget: {ours.median('peak'):.0f} MiB, not {BUDGET_PEAK}")
    if ours.median("wall") > 2 * wall:
        bad.append(f"over budget: the audit takes {ours.median('wall') - wall:.2f} s, the build {wall:.2f} s")
    for five in larger:
        growth = [many / few for few, many in zip((wall, cpu), without_audit(five))]
        print(f"\nFive times as many pages cost {growth[0]:.2f} times the wall time and {growth[1]:.2f} times the CPU time\n\n{phases(five)}")
        if max(growth) > BUDGET_GROWTH:
            bad.append(f"over budget: five times as many pages cost {max(growth):.2f} times as much")
    if a.disk:
        both = [build(a, module, a.disk, a.pages, is_synced=True), limit(a, module, a.disk, a.pages, is_synced=True)]
        in_turn(both, a.runs)
        times = without_audit(both[0])[0] / both[1].median("wall")
        print(f"\nOn a disk\n\n{table(both, both[1])}\n\n{phases(both[0])}\n\nWithout the audit {times:.2f} times the limit")
        if times > BUDGET_LIMIT:
            bad.append(f"over budget: {times:.2f} times what the disk allows, not {BUDGET_LIMIT}")
    print("\n" + "\n".join(bad or ["within budget"]))
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
