#!/usr/bin/env python3
"""Measures `signpost build` of many topic pages beside Hugo, on the same texts.

    build.py [--dir /dev/shm/signpost-build] [--pages 10000] [--runs 5] [--signpost PATH] [--hugo PATH]

Writes one made-up corpus twice: as topics of a content repository, and as a Hugo site with templates of the same
parts (header, navigation, breadcrumb, page, list, sitemap). The bodies, of about 450 words, differ only in how links
name their pages. Then it times clean builds as whole processes in turn. What is built is removed after each run,
which is not timed. Use a RAM disk: on others, making ten thousand folders costs more than all else.
Leave out --signpost or --hugo to measure the other alone. Only the standard library is used.
"""
import argparse
import random
import shutil
import sys
from pathlib import Path

from timing import Command, in_turn, machine, table

WORDS = ["sleep", "worry", "stress", "grief", "anger", "panic", "money", "work", "study", "home", "alcohol", "pain"]
SENTENCES = ["It can help to talk about {a} with someone you trust.", "Many people find that {a} changes from week to week.",
             "There is no wrong way to begin.", "You can read more on the page about [{a}]({link}).",
             "If {a} lasts for more than *2 weeks*, see a **GP**.", "Try to rest at the *same time* each day.",
             "Small steps count.", "You do not have to be sure that it is about {a}.", "You can ask for help at any time."]
HEADINGS = ["What you may notice", "What you can do today", "Who can help", "What to expect", "Look after yourself"]
HUGO = {
    "hugo.toml": 'baseURL = "https://portal.example.org/"\ntitle = "Example portal"\ndisableKinds = ["RSS", "taxonomy", "term"]\n',
    "layouts/_default/baseof.html": """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} | Example portal</title><meta name="description" content="{{ .Description }}">
<link rel="stylesheet" href="/style.css"></head><body>
<a class="skip" href="#main">Skip to main content</a>
<header><a href="/">Example portal</a>
<section aria-label="Get help now"><h2>Get help now</h2><p>Call <a href="tel:999">999</a> if a life is in danger.</p></section></header>
<nav aria-label="Main"><ul><li><a href="/topics/">Topics</a></li></ul></nav>
<main id="main">{{ block "main" . }}{{ end }}</main>
<footer><p>This is a demonstration.</p><ul><li><a href="/sitemap.xml">Sitemap</a></li></ul></footer>
</body></html>
""",
    "layouts/_default/single.html": """{{ define "main" }}<p><a href="/">Home</a> / <a href="/topics/">Topics</a></p>
<h1>{{ .Title }}</h1><p class="lead">{{ .Description }}</p>{{ .Content }}{{ end }}
""",
    "layouts/_default/list.html": """{{ define "main" }}<h1>{{ .Title }}</h1><ul>
{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a><p>{{ .Description }}</p></li>
{{ end }}</ul>{{ end }}
""",
    "static/style.css": "body{max-width:44rem;margin:auto;font:1.1rem/1.5 sans-serif}\n",
    "content/_index.md": "---\ntitle: Home\n---\n",
    "content/topics/_index.md": "---\ntitle: Topics\n---\n",
}
SIGNPOST = {
    "content/site.yaml": """name: Example portal
base_url: https://portal.example.org
organisation: Example organisation
language: en
country: GB
demonstration: true
time_zone: Europe/London
short_codes: ["999"]
""",
    "content/acuity.yaml": """levels:
  - {id: emergency, label: Call 999 now, says: Get emergency help now., within: now, card: emergency}
  - {id: self-care, label: Look after yourself, says: You can help yourself., within: when you can, card: none}
""",
}


def slug(i):
    return f"{WORDS[i % len(WORDS)]}-{i:05d}"


def body(i, n, link):
    """The text of a page; `link` makes a destination of the name of another."""
    rng = random.Random(i)

    def text(count):
        about = [rng.randrange(n) for _ in range(count)]
        chosen = [rng.choice(SENTENCES) for _ in range(count)]
        return " ".join(s.format(a=WORDS[o % len(WORDS)], link=link(slug(o))) for s, o in zip(chosen, about))
    out = [text(3), ""]
    for number, heading in enumerate(HEADINGS):
        out += [f"## {heading}", "", text(3), "", text(3), ""]
        if number == 1:
            out += [f"- {text(1)}" for _ in range(5)] + [""]
        if number == 2:
            out += ["| Who | When |", "| --- | --- |"] + [f"| Example {w} line | {9 + k}am to 5pm |" for k, w in enumerate(WORDS[:5])] + [""]
        if number == 3:
            out += [f"{k}. {text(1)}" for k in range(1, 5)] + [""]
    return "\n".join(out).rstrip() + "\n"


def write(root, files):
    for path, text in files:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")


def pages(n, link, summary):
    for i in range(n):
        word = WORDS[i % len(WORDS)]
        front = f"---\ntitle: {word.capitalize()}, page {i:05d}\n{summary}: What can help with {word}, and who to ask.\n---\n\n"
        yield f"content/topics/{slug(i)}.md", front + body(i, n, link)


def clean_build(name, argv, folder, n):
    out = folder / "public"

    def after():
        built = sum(1 for _ in out.rglob("*.html"))
        if built < n:
            raise SystemExit(f"{name}: {built} pages, not {n}")
        shutil.rmtree(out)
    return Command(name, argv, cwd=folder, before=lambda: shutil.rmtree(out, ignore_errors=True), after=after)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--dir", type=Path, default=Path("/dev/shm/signpost-build"))
    ap.add_argument("--pages", type=int, default=10000)
    ap.add_argument("--runs", type=int, default=5)
    ap.add_argument("--signpost", type=Path)
    ap.add_argument("--hugo", type=Path)
    a = ap.parse_args()
    if not (a.signpost or a.hugo):
        ap.error("give --signpost, --hugo or both")
    commands = []
    for name, program, fixed, link, summary, argv in (
            ("signpost build", a.signpost, SIGNPOST, "topic/{}".format, "summary", ["build", "--out", "public"]),
            ("hugo build", a.hugo, HUGO, "/topics/{}/".format, "description", ["build", "--quiet"])):
        if program:
            folder = a.dir / f"{name.split()[0]}-{a.pages}"
            if not folder.exists():
                write(folder, fixed.items())
                write(folder, pages(a.pages, link, summary))
            commands.append(clean_build(f"{name}, {a.pages:,} pages", [program.absolute(), *argv], folder, a.pages))
    print(f"{machine()}\n", flush=True)
    in_turn(commands, a.runs)
    print(table(commands, commands[-1] if len(commands) > 1 else None))
    if len(commands) > 1 and commands[0].median("cpu") > commands[1].median("cpu") / 2:
        sys.exit("over budget: more than half of Hugo's CPU time")


if __name__ == "__main__":
    main()
