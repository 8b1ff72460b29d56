#!/usr/bin/env python3
"""One made-up corpus as a content repository, with the texts that other programs get of it.

    gen_site.py OUT_DIR GENERATOR [--pages 10000]

GENERATOR is a script that writes one corpus as a site for several generators, and that can be imported: `Corpus(pages,
sections, tags, seed)` with `page(i)`, `sections` and `tags`, and a function of each program's name. It is no part of this
repository. Every page becomes a topic: title and summary as they are, the body with links by id in the place of addresses,
and as `topics` the section and the tags that it is in. Sections and tags are topics whose text is the list of their pages,
with the summary of each. What has no place in a topic is left out: the dates, which here come from git.
"""
import argparse
import importlib.util
import re
import sys
from pathlib import Path

SECTIONS, TAGS, SEED = 20, 40, 42
SITE = {
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
LINK = re.compile(r"\]\(/[^/()]+/([^/()]+)/\)")


def generator(path):
    """The script, imported."""
    if not path.exists():
        raise SystemExit(f"{path} is not there: --generator says where the script that writes the corpus is")
    spec = importlib.util.spec_from_file_location("generator", path)
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module


def corpus(module, pages):
    return module.Corpus(pages, SECTIONS, TAGS, SEED)


def text(value):
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def topic(root, name, title, body, summary=None, topics=()):
    head = f"title: {text(title)}\n" + (f"summary: {text(summary)}\n" if summary else "")
    head += f"topics: [{', '.join(f'topic/{t}' for t in topics)}]\n" if topics else ""
    (root / "content" / "topics" / f"{name}.md").write_text(f"---\n{head}---\n\n{body}", encoding="utf-8", newline="\n")


def signpost(module, corpus, root):
    (root / "content" / "topics").mkdir(parents=True)
    for path, content in SITE.items():
        (root / path).write_text(content, encoding="utf-8", newline="\n")
    lists = {name: [] for name in [*corpus.sections, *corpus.tags]}
    for page in map(corpus.page, range(corpus.n)):
        within = [page["section"], *page["tags"]]
        topic(root, page["slug"], page["title"], LINK.sub(r"](topic/\1)", page["body"]), page["summary"], within)
        for name in within:
            lists[name].append(page)
    for name, pages in lists.items():
        title = module.name_of(name) if name in corpus.sections else name
        items = "".join(f"- [{p['title']}](topic/{p['slug']}): {p['summary']}\n" for p in pages)
        topic(root, name, title, items or "No pages yet.\n")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("out", type=Path)
    ap.add_argument("generator", type=Path)
    ap.add_argument("--pages", type=int, default=10000)
    a = ap.parse_args()
    module = generator(a.generator)
    signpost(module, corpus(module, a.pages), a.out)


if __name__ == "__main__":
    main()
