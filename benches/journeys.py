#!/usr/bin/env python3
"""Measures proofs and comparisons of journeys against their budgets, and how cost grows with size.

    journeys.py [--dir DIR] [--runs 5] [--signpost PATH] [--quick] [--no-library]

Writes content repositories with gen_journeys.py (once; DIR keeps them) and times whole processes of `signpost journey
verify` and, for a thousand journeys, `signpost check`. What two versions cost to compare, beside what they cost to prove,
is measured within one process by `cargo bench --bench journeys` (not with --no-library). --quick leaves out the largest.

Exit status 1: a figure is over budget.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from timing import Command, in_turn, machine, root, table

NOW = "2026-12-01"


def corpus(a, case, n=None, new=False):
    out = a.dir / f"{case}-{n or 'usual'}{'-new' if new else ''}"
    if not out.exists():
        argv = [sys.executable, root() / "benches" / "gen_journeys.py", out, case] + (["--n", str(n)] if n else [])
        subprocess.run(argv + (["--new"] if new else []), check=True)
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--dir", type=Path, default=Path(tempfile.gettempdir()) / "signpost-bench-journeys")
    ap.add_argument("--runs", type=int, default=5)
    ap.add_argument("--signpost", type=Path, default=root() / "target" / "release" / "signpost")
    ap.add_argument("--quick", action="store_true")
    ap.add_argument("--no-library", action="store_true")
    a = ap.parse_args()
    a.signpost = a.signpost.resolve()
    print(f"{machine()}\n", flush=True)

    def verify(name, case, n=None):
        return Command(name, [a.signpost, "-C", corpus(a, case, n), "-q", "journey", "verify", "--format", "json"])

    many = 100 if a.quick else 1000
    # What is asked for: the command, seconds, MiB.
    asked = [
        (verify("four questionnaires, two of eight, three numbers, twenty branches", "mixed"), 0.020, 100),
        (verify("60 scored items, three bands", "chain", 60), 0.020, None),
        (verify("5,000 branching steps, 500 outcomes", "branching", 5000), 1.0, None),
        (Command(f"check of {many:,} journeys of 50 questions, 200 outcomes",
                 [a.signpost, "-C", corpus(a, "many", many), "-q", "check", "--format", "json", "--now", NOW]), 2.0, 500),
    ]
    steps = [verify(f"{n:,} branching steps", "branching", n) for n in ([10, 100, 1000] if a.quick else [10, 100, 1000, 10000])]
    items = [verify(f"{n} scored items", "chain", n) for n in (10, 20, 40, 60, 80, 100)]
    in_turn([c for c, *_ in asked] + steps + items, a.runs)
    print(table([c for c, *_ in asked]) + "\n\n" + table(steps) + "\n\n" + table(items), flush=True)
    bad = []
    for command, seconds, peak in asked:
        if command.median("wall") > seconds:
            bad.append(f"over budget: {command.name}: {command.median('wall'):.3f} s, not {seconds}")
        if peak and command.median("peak") > peak:
            bad.append(f"over budget: {command.name}: {command.median('peak'):.0f} MiB, not {peak}")

    if not a.no_library:
        cases = [("mixed", None), ("chain", 60), ("branching", 5000), ("many", many)]
        folders = [corpus(a, case, n, new) for case, n in cases for new in (False, True)]
        argv = ["cargo", "bench", "-q", "--bench", "journeys", "--", *folders]
        out = subprocess.run(argv, cwd=root(), check=True, capture_output=True, text=True).stdout
        print("\n| two versions of | end elsewhere | verify one, ms | compare both, ms | times |\n| --- | --- | --- | --- | --- |")
        for (case, _), line in zip(cases, out.splitlines()):
            r = json.loads(line)
            print(f"| {case} | {r['moved']} of {r['journeys']} | {r['verify_ms']:.2f} | {r['compare_ms']:.2f} | {r['times']:.2f} |")
            if r["times"] > 3:
                bad.append(f"over budget: comparing {case} costs {r['times']:.2f} times its verification")
    print("\n" + "\n".join(bad or ["within budget"]))
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
