#!/usr/bin/env python3
"""Measures the gate: `signpost review verify` and `review status` of 10,000 items with two signatures each; and, where it is
given, Doorstop beside Signpost on 5,000 items with one record each.

    reviews.py [--dir DIR] [--n 10000] [--runs 5] [--signpost PATH] [--doorstop PATH]

Writes a content repository with gen_resources.py, nothing of it broken, with a policy and two people whose keys ssh-keygen makes,
and approves every item by `signpost review approve --waiting`, for each person; that takes some minutes, once. Then times whole
processes. `review verify` reads the content, every record and the history of git, checks each signature, and judges each item.

For Doorstop the same number of items of about the same size is written as one document and reviewed. What is compared: its
validation without reformatting (`doorstop -F`) with `check` and `review verify` one after the other, and its `publish` of all as
HTML with `build`. Doorstop knows neither signatures nor wording; Signpost's pages say more.

Exit status 1: something is not approved, or a median is over budget.
"""
import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from timing import Command, in_turn, machine, root, table

BUDGET = 3.0
PEOPLE = ("clinical-reviewer", "content-lead")
POLICY = """project: 0b5e2f77
version: 1
roles: {clinical-reviewer: A registered clinician, content-lead: Looks after wording}
rules:
RULES
valid_for: {default: 36 months}
dependency_changed: {default: reapprove, resource: carry}
emergency: {roles: [content-lead], hours: 24}
"""


def run(*argv, cwd=None):
    subprocess.run([str(a) for a in argv], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=cwd)


def git(folder, *args):
    run("git", "-C", folder, "-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0", *args)


def approved(a, n, roles):
    """A repository in which every item has an approval in each of the roles."""
    folder = a.dir / f"reviews-{n}-{len(roles)}"
    if (folder / "ready").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    run(sys.executable, root() / "benches" / "gen_resources.py", folder, "--n", n, "--rate", 0)
    people = "version: 1\npeople:\n  - {id: an-editor, name: bench, emails: [bench@example.org]}\n"
    for role in roles:
        key = a.dir / f"key-{role}"
        if not key.exists():
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", role, "-f", key)
        public = " ".join(key.with_suffix(".pub").read_text().split()[:2])
        people += f"  - id: a-{role}\n    name: A {role}\n    emails: [{role}@example.org]\n    roles: [{role}]\n"
        people += f"    keys: [{{key: {public}, status: active, since: 2026-01-01}}]\n"
    rules = "\n".join(f"  - {{class: editorial, needs: {{{role}: 1}}}}" for role in roles)
    (folder / "reviews" / "policy.yaml").write_text(POLICY.replace("RULES", rules))
    (folder / "reviews" / "reviewers.yaml").write_text(people)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "content", "reviews")
    git(folder, "commit", "-qm", "content")
    for role in roles:
        run(a.signpost, "-C", folder, "review", "approve", "--waiting", "--yes", "--as", f"a-{role}", "--key", a.dir / f"key-{role}")
    git(folder, "add", "reviews")
    git(folder, "commit", "-qm", "approved")
    (folder / "ready").write_text("")
    return folder


def doorstop_corpus(a, n):
    """One document of as many items, reviewed."""
    folder = a.dir / f"doorstop-{n}"
    if (folder / "ready").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    run(a.doorstop, "create", "REQ", "reqs", cwd=folder)
    pick = random.Random(7)
    words = "service help people call night text advice local number listen speak hours support group open".split()
    for i in range(1, n + 1):
        text = "\n".join("  " + " ".join(pick.choices(words, k=12)).capitalize() + "." for _ in range(16))
        (folder / "reqs" / f"REQ{i:05d}.yml").write_text(
            f"active: true\nderived: false\nheader: ''\nlevel: 1.{i}\nlinks: []\nnormative: true\nref: ''\nreviewed: null\ntext: |\n{text}\n"
        )
    run(a.doorstop, "review", "all", cwd=folder)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "items")
    (folder / "ready").write_text("")
    return folder


def beside_doorstop(a):
    n = 5_000
    ours, theirs = approved(a, n, PEOPLE[:1]), doorstop_corpus(a, n)
    out = a.dir / "published"
    now = ["--now", "2026-12-01"]
    commands = [
        Command("signpost check", [a.signpost, "-C", ours, "check", *now]),
        Command("signpost review verify", [a.signpost, "-C", ours, "review", "verify", "--trust", "HEAD"]),
        Command("signpost build", [a.signpost, "-C", ours, "build", "--out", a.dir / "built"], before=lambda: clear(a.dir / "built")),
        Command("doorstop -F", [a.doorstop, "-F"], cwd=theirs),
        Command("doorstop publish", [a.doorstop, "publish", "--html", "all", out], cwd=theirs, before=lambda: clear(out)),
    ]
    in_turn(commands, runs=1 if a.runs < 3 else 3, warmup=0)
    check, verify, build, validate, publish = commands
    gate = (check.median("cpu") + verify.median("cpu")) / validate.median("cpu")
    site = build.median("cpu") / publish.median("cpu")
    print(f"\n{n} items, one record each\n\n{table(commands)}")
    print(f"\ncheck and review verify: {gate:.3f} of doorstop -F (budget 0.1); build: {site:.4f} of its publish (budget 0.01), by CPU")
    return gate <= 0.1 and site <= 0.01


def clear(folder):
    shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dir", type=Path, default=Path(tempfile.gettempdir()) / "signpost-bench")
    parser.add_argument("--n", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--signpost", type=Path, default=root() / "target" / "release" / "signpost")
    parser.add_argument("--doorstop", type=Path)
    a = parser.parse_args()
    a.dir.mkdir(parents=True, exist_ok=True)
    folder = approved(a, a.n, PEOPLE)
    commands = [
        Command(f"review verify, {a.n} items", [a.signpost, "-C", folder, "review", "verify", "--trust", "HEAD"]),
        Command(f"review status, {a.n} items", [a.signpost, "-C", folder, "review", "status"]),
    ]
    print(f"{machine()}\n")
    in_turn(commands, a.runs)
    print(table(commands))
    is_met = all(c.median("wall") <= BUDGET for c in commands)
    if a.doorstop:
        is_met &= beside_doorstop(a)
    if not is_met:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
