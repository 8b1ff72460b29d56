#!/usr/bin/env python3
"""Deterministic content repository for measuring `signpost check`.

    gen_resources.py OUT_DIR [--n 10000] [--rate 0.01] [--seed 7] [--shard 500]
                     [--plain] [--no-confirmations]

Writes, under OUT_DIR:
    content/resources/NN/….yaml   N resources, about 50 lines and 1.3 KB each, in folders of --shard files
    content/…                     the site, topics, areas and evidence that they refer to, and the wording
                                  rules of this repository (--wording FILE takes others)
    reviews/confirmations/        a confirmation of each resource (--no-confirmations leaves them out)
    truth.jsonl                   one object for each broken file: file, kind, code, line, column, suggestion
    broken.txt, sound.txt         the broken resources and the others, one a line

--rate of the resources are broken, in equal shares of the kinds below; --plain leaves out those that a JSON
Schema validator cannot see. All other files are sound: every rule is silent on them as of --now 2026-12-01.
With the same arguments the output is byte for byte the same. Telephone numbers are from Ofcom's ranges for
drama, addresses are example.org, places and services are imaginary.
"""
import argparse
import json
import random
import re
import sys
from datetime import date, timedelta
from pathlib import Path

NOW = date(2026, 12, 1)
# What is broken, and the code of the rule that says so.
KINDS = {"wrong-type": "S003", "missing-key": "S001", "unknown-key": "S002", "bad-enum": "S004", "bad-date": "S006",
         "duplicate-key": "Y010"}
EXTRA = {"misspelt-in-branch": "S002", "wrong-branch": "S010", "yaml-syntax": "Y008", "dangling-ref": "R001",
         "duplicate-name": "Y042", "date-order": "D002"}

TYPES = ["helpline", "crisis-service", "nhs-service", "statutory-service", "charity", "community-group"]
MISSPELT = {"helpline": "helplin", "crisis-service": "crisis-servise", "nhs-service": "nhs-servce",
            "statutory-service": "statutry-service", "charity": "charitty", "community-group": "comunity-group"}
TOPICS = ["low mood", "worry", "grief", "sleep", "loneliness", "money worries", "panic", "stress", "anger",
          "alcohol", "exam stress", "new parents"]
FORMS = ["Helpline", "Text line", "Peer group", "Advice line", "Drop-in centre", "Support line"]
PLACES = ["northgate", "eastfield", "westbrook", "southmoor", "highbridge", "lowbarn", "stonecross", "millbank",
          "oakhollow", "ashworth", "fernhill", "greenlaw", "harrowdale", "kingsmead", "longacre", "marshgate",
          "newcombe", "orchardside", "pinewell", "quayside"]
HOURS = ["24/7", "Mo-Fr 09:00-17:30", "Mo-Fr 08:00-20:00; PH off", "Mo-Su 18:00-23:00",
         "Mo-Fr 10:00-16:00; Sa 10:00-13:00"]
SENTENCES = ["You can get in touch without giving your name.", "A trained volunteer will listen to you.",
             "You do not need to see a GP first.", "You can ask for someone who speaks your language.",
             "The first talk takes about 20 minutes.", "You can bring someone you trust.",
             "You can call as often as you need to.", "They can tell you what help there is near you."]
KEEPS = ["They keep what you say private. They may act if someone is in danger.",
         "They keep a short record, so you do not have to repeat yourself.",
         "They do not tell anyone that you called."]
ACCESS = ["There is step-free access and a quiet room.", "You can use a textphone. Staff can call you back.",
          "There is step-free access and an accessible toilet."]
LANGUAGES = ["[en]", "[en, cy]", "[en, pl]", "[en, bn, ur]", "[en, so]"]
OUTWARD = ["SE1", "SE5", "SE15", "N1", "N7", "N16", "E1", "E3", "E8", "NW1", "NW3", "NW5", "SW2", "SW9", "SW11",
           "W2", "W6", "W12", "E14", "N4"]


def name(i):
    return f"example-service-{i:05d}"


class Plan:
    """Who is broken, retired, a draft; who stands under somebody else's name."""

    def __init__(self, a, kinds):
        pick = random.Random(f"{a.seed}:broken")
        count = round(a.n * a.rate)
        if a.rate and count < len(kinds):
            count = min(a.n - 1, len(kinds))
        self.n, self.seed, self.shard = a.n, a.seed, a.shard
        # The first is never broken: a later file can take its name.
        self.broken = {i: kinds[j % len(kinds)] for j, i in enumerate(pick.sample(range(2, a.n + 1), count))}

    def status(self, i):
        if i in self.broken or i == 1:
            return "live"
        return "retired" if i % 50 == 0 else "draft" if i % 50 == 25 else "live"

    def is_named(self, i):
        return self.broken.get(i) != "duplicate-name"

    def folder(self, i):
        return (i - 1) // self.shard

    def topic(self, i):
        word = TOPICS[i % len(TOPICS)].replace(" ", "-")
        return f"topic/{word}-{self.folder(i) + 1}"


def phone(i, status):
    """A number for drama. There are fewer than resources: those that share one share their provider as well, which is
    number i % 1000. Those of the retired are used by nobody else."""
    if status == "retired":
        return f"029 2018 0{i // 50 % 1000:03d}"
    areas = ["0808 157 0", "020 7946 0"] + [f"01{area} 496 0" for area in (13, 14, 15, 16, 17, 18, 21, 31, 41, 51, 61)]
    return f"{areas[i // 1000 % len(areas)]}{i % 1000:03d}"


def resource(rng, i, plan):
    """Lines of a sound resource; each line is (anchor or None, text)."""
    status, form, topic = plan.status(i), rng.choice(FORMS), TOPICS[i % len(TOPICS)]
    out = []

    def put(text, anchor=None):
        out.append((anchor, text))
    put(f"title: {form} for {topic} (example {i:05d})")
    put("summary: >-")
    for s in rng.sample(SENTENCES, 3):
        put(f"  {s}")
    if status != "live":
        put(f"status: {status}")
    put(f"type: {rng.choice(TYPES)}", "type")
    put(f"provider: Example Support {i % 1000 + 1}", "provider")
    put("channels:")
    put("  - type: phone")
    put("    label: Helpline", "label")
    put(f'    value: "{phone(i, status)}"', "phone")
    put(f"    hours: {rng.choice(HOURS)}")
    put("    cost: Free from mobiles and landlines")
    put("    shows_on_bill: false")
    if status == "live" and rng.random() < 0.4:
        put("  - type: text")
        put(f'    value: "07700 900{i % 1000:03d}"')
        put(f"    hours: {rng.choice(HOURS)}")
        put("    usual_wait: They reply within 15 minutes.")
    if rng.random() < 0.4:
        put("  - type: in-person")
        put(f"    value: Example Hall, {i} Example Street, London")
        put(f"    hours: {rng.choice(HOURS)}")
        put("    note: You do not need an appointment.")
    put("  - type: website")
    put("    label: Website")
    put(f"    url: https://service-{i:05d}.example.org/help", "url")
    put("eligibility:")
    put("  age:")
    put(f"    min: {rng.choice([11, 16, 18])}", "min")
    put(f"    max: {rng.choice([25, 64, 120])}")
    put("  areas:")
    for place in sorted(rng.sample(PLACES, rng.randint(3, 6))):
        put(f"    - area/{place}", "area")
    put("  for_others: true", "for_others")
    put(f"confidentiality: {rng.choice(KEEPS)}")
    put("cost: Free")
    put("also_known_as:")
    put(f"  - Example {form} {i:05d}")
    put(f"languages: {rng.choice(LANGUAGES)}")
    put(f"accessibility: {rng.choice(ACCESS)}")
    given = date(2026, 1, 1) + timedelta(days=rng.randint(0, 300))
    put("assurance:", "assurance")
    put("  scheme: Example Quality Mark", "scheme")
    put(f"  date: {given}", "date")
    put(f"  until: {given + timedelta(days=730)}", "until")
    put(f"  url: https://quality.example.org/{i:05d}")
    put("topics:")
    put(f"  - {plan.topic(i)}")
    put("evidence:")
    for e in sorted({i % 40, rng.randint(0, 39)}):
        put(f"  - evidence/example-study-{e + 1:02d}")
    if status == "retired":
        put(f"replaced_by: resource/{name(1)}")
    put("check_every: 365")
    put(f"review_by: {NOW + timedelta(days=rng.randint(60, 700))}")
    put("owner: content-lead")
    return out


def find(lines, anchor):
    return next(k for k, (a, _) in enumerate(lines) if a == anchor)


def value_col(text):
    """1-based column of the value on a `key: value` or `- value` line."""
    return text.index(": ") + 3 if ": " in text else text.index("- ") + 3


def key_col(text):
    column = len(text) - len(text.lstrip(" ")) + 1
    return column + 2 if text.lstrip().startswith("- ") else column


def brk(rng, kind, lines):
    """Breaks one resource in place; gives line, column and what is to be suggested."""
    def swap(anchor, change):
        k = find(lines, anchor)
        lines[k] = (anchor, change(lines[k][1]))
        return k

    def at(k, column, suggestion=None):
        return {"line": k + 1, "column": column, "suggestion": suggestion}
    if kind == "wrong-type":
        k = swap("min", lambda t: '    min: "sixteen"')
        return at(k, value_col(lines[k][1]))
    if kind == "missing-key":
        if rng.random() < 0.5:  # missing in a map that is there: its key is marked
            del lines[find(lines, "scheme")]
            return at(find(lines, "assurance"), 1)
        del lines[find(lines, "provider")]  # missing at the top: the first key is marked
        return at(0, 1)
    if kind == "unknown-key":
        k = swap("for_others", lambda t: t.replace("for_others", "for_other"))
        return at(k, key_col(lines[k][1]), "for_others")
    if kind == "bad-enum":
        right = lines[find(lines, "type")][1].split(": ")[1]
        k = swap("type", lambda t: f"type: {MISSPELT[right]}")
        return at(k, value_col(lines[k][1]), right)
    if kind == "bad-date":
        k = swap("date", lambda t: "  date: " + rng.choice(["2026-02-30", "2026-13-01", "2026-06-31"]))
        return at(k, value_col(lines[k][1]))
    if kind == "duplicate-key":
        k = find(lines, "date") + 1
        lines.insert(k, (None, "  scheme: Example Other Mark"))
        return at(k, 3)
    if kind == "misspelt-in-branch":
        k = swap("phone", lambda t: t.replace("value:", "vlaue:"))
        return at(k, key_col(lines[k][1]), "value")
    if kind == "wrong-branch":
        k = swap("url", lambda t: t.replace("url:", "value:"))
        return at(k, key_col(lines[k][1]), "url")
    if kind == "yaml-syntax":
        k = swap("label", lambda t: "    label: Helpline: out of hours")
        return at(k, value_col(lines[k][1]), '"Helpline: out of hours"')
    if kind == "dangling-ref":
        right = lines[find(lines, "area")][1].split("- ")[1]
        k = swap("area", lambda t: t[:-3] + t[-2:])
        return at(k, value_col(lines[k][1]), right)
    if kind == "duplicate-name":
        return at(0, value_col(lines[0][1]))
    if kind == "date-order":
        k = find(lines, "url") + 1
        lines[k:k] = [(None, "    from: 2027-06-01"), (None, "    until: 2027-05-01")]
        return at(k + 1, value_col(lines[k + 1][1]))
    raise ValueError(kind)


def topic_text(plan, folder, word, members):
    title = word[0].upper() + word[1:]
    lines = ["---", f"title: {title}, part {folder + 1} (example)", "summary: Who can help, and what you can do.",
             "owner: content-lead"]
    if members:
        lines += ["signposts:"] + [f"  - resource/{name(i)}" for i in members]
    lines += ["---", "", f"Many people have a hard time with {word}. You are not alone.", "",
              "## What you can do", "", "- talk to someone you trust", "- go for a walk", "- rest when you can", "",
              "## When to get help", "",
              "> [!EMERGENCY] Call 999 or go to A&E if:", ">", "> - your life is in danger",
              "> - you cannot keep yourself safe", ""]
    return "\n".join(lines)


def surroundings(plan, wording):
    """Everything but the resources: path and text of each file."""
    folders = range(plan.folder(plan.n) + 1)
    topics = {}
    for i in range(1, plan.n + 1):
        # What is live cannot need a draft, and nothing points to what is retired.
        if plan.is_named(i) and plan.status(i) == "live":
            topics.setdefault(plan.topic(i), []).append(i)
    every = [(f, w) for f in folders for w in TOPICS]
    yield "content/site.yaml", f"""name: Example portal
base_url: https://portal.example.org
organisation: Example organisation
language: en
country: GB
demonstration: true
time_zone: Europe/London
short_codes: ["999", "111"]
navigation:
  - page/urgent
{"".join(f"  - topic/{w.replace(' ', '-')}-{f + 1}" + chr(10) for f, w in every)}emergency_help:
  heading: Get help now
  text: Call 999 or go to A&E if a life is in danger.
  call: "999"
  page: page/urgent
  signposts:
    - resource/{name(1)}
roles:
  community-support:
    label: Support near you
    fallback: resource/{name(1)}
"""
    yield "content/acuity.yaml", """levels:
  - {id: emergency, label: Call 999 now, says: Get emergency help now., within: now, card: emergency}
  - {id: urgent, label: Get help today, says: Talk to someone today., within: today, card: urgent}
  - {id: self-care, label: Look after yourself, says: You can help yourself., within: when you can, card: none}
"""
    yield "content/wording.yaml", wording
    sources = sorted(set(re.findall(r"source: evidence/([a-z0-9-]+)", wording)))
    for e in sources + [f"example-study-{e + 1:02d}" for e in range(40)]:
        yield f"content/evidence/{e}.yaml", (
            f"title: Example source {e}\ntype: study\npublisher: Example publisher\n"
            f"url: https://evidence.example.org/{e}\npublished: 2026-05-01\naccessed: 2026-11-01\n"
            "confidence: owner\nsays: What a source says, in our own words.\nowner: content-lead\n")
    for place, code in zip(PLACES, OUTWARD):
        yield f"content/areas/{place}.yaml", (
            f"title: {place.capitalize()} (example)\nsummary: Help near you if you live here.\n"
            f"code: E{9_900_0000 + PLACES.index(place):08d}\npostcodes: [{code}]\nservices:\n  community-support:\n"
            f"    resource: resource/{name(1)}\nowner: content-lead\n")
    for f, w in every:
        slug = f"{w.replace(' ', '-')}-{f + 1}"
        yield f"content/topics/{slug}.md", topic_text(plan, f, w, topics.get(f"topic/{slug}", []))
    yield "content/pages/urgent.md", (
        "---\ntitle: Get help now\nsummary: Who to call in an emergency.\nowner: content-lead\n---\n\n"
        "> [!EMERGENCY] Call 999 or go to A&E if:\n>\n> - your life is in danger\n> - you cannot keep yourself safe\n")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    ap.add_argument("out", type=Path)
    ap.add_argument("--n", type=int, default=10000)
    ap.add_argument("--rate", type=float, default=0.01)
    ap.add_argument("--seed", type=int, default=7)
    ap.add_argument("--shard", type=int, default=500, help="resources in one folder")
    ap.add_argument("--plain", action="store_true", help="only what a JSON Schema validator can see")
    ap.add_argument("--no-confirmations", action="store_true")
    ap.add_argument("--wording", type=Path, default=Path(__file__).resolve().parent.parent / "content" / "wording.yaml")
    a = ap.parse_args()
    if a.n < 2 or (a.out / "content").exists():
        ap.error("give a folder without content/ and at least 2 resources")
    codes = {**KINDS, **({} if a.plain else EXTRA)}
    plan = Plan(a, list(codes))
    made = set()

    def write(path, text):
        if (folder := (a.out / path).parent) not in made:
            folder.mkdir(parents=True, exist_ok=True)
            made.add(folder)
        (a.out / path).write_text(text, encoding="utf-8", newline="\n")
    for path, text in surroundings(plan, a.wording.read_text(encoding="utf-8")):
        write(path, text)
    truth, sound, size, count = [], [], 0, 0
    for i in range(1, a.n + 1):
        rng = random.Random(f"{a.seed}:{i}")
        lines = resource(rng, i, plan)
        path = f"content/resources/{plan.folder(i):02d}/{name(i)}.yaml"
        if i in plan.broken:
            kind = plan.broken[i]
            if kind == "duplicate-name":  # a file of the same name in a folder further down; the later one is marked
                other = rng.choice([o for o in range(1, i) if plan.is_named(o)])
                path = f"content/resources/{plan.folder(i):02d}/second/{name(other)}.yaml"
            truth.append({"file": path, "kind": kind, "code": codes[kind], **brk(rng, kind, lines)})
        else:
            sound.append(path)
        text = "\n".join(t for _, t in lines) + "\n"
        size, count = size + len(text), count + len(lines)
        write(path, text)
        if plan.is_named(i) and not a.no_confirmations:
            day = date(2026, 6, 1) + timedelta(days=rng.randint(0, 170))
            write(f"reviews/confirmations/{name(i)}.yaml",
                  f"date: {day}\nby: content-lead\nagainst: https://service-{i:05d}.example.org/contact\n")
    truth.sort(key=lambda t: t["file"])
    (a.out / "truth.jsonl").write_text("".join(json.dumps(t) + "\n" for t in truth), encoding="utf-8")
    (a.out / "broken.txt").write_text("".join(t["file"] + "\n" for t in truth), encoding="utf-8")
    (a.out / "sound.txt").write_text("".join(p + "\n" for p in sound), encoding="utf-8")
    print(f"{a.n} resources of {count / a.n:.0f} lines and {size / a.n:.0f} bytes, {len(truth)} broken: "
          + ", ".join(f"{k} {sum(t['kind'] == k for t in truth)}" for k in codes), file=sys.stderr)


if __name__ == "__main__":
    main()
