#!/usr/bin/env python3
"""Measures what one changed text costs among many pages: a `build` into the folder of the last one, and `serve`.

    saves.py --signpost PATH [--dir /dev/shm/signpost-saves] [--pages 10000] [--runs 9] [--generator PATH] [--git]

Writes the corpus that `build.py` builds too once, builds it, and then changes the text of one guide again and again. Of `build` it times the
whole process. Of `serve` it times from just before the save to when the changed page has been answered: it asks, as the page's own
script does, whether anything changed, and then for the page. With --git the corpus is committed first, so that pages have
dates. Use a RAM disk. Only the standard library is used.
"""
import argparse
import http.client
import statistics
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import gen_site
from timing import Command, in_turn, machine, root, table


class Guide:
    """The guide whose text changes."""

    def __init__(self, folder, name):
        self.file = folder / f"content/topics/{name}.md"
        self.address = f"topics/{name}/"
        self.text = self.file.read_text(encoding="utf-8").split("\nChange ")[0].rstrip()
        self.number = time.time_ns()

    def change(self):
        self.number += 1
        self.file.write_text(f"{self.text}\n\nChange {self.number}.\n", encoding="utf-8", newline="\n")
        return f"Change {self.number}."


def corpus(module, folder, n, with_git):
    if folder.exists():
        return
    gen_site.signpost(module, gen_site.corpus(module, n), folder)
    if with_git:
        for argv in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "Write it"]):
            subprocess.run(["git", *argv], cwd=folder, check=True)


def get(host, path):
    connection = http.client.HTTPConnection(host, timeout=60)
    connection.request("GET", path)
    body = connection.getresponse().read().decode()
    connection.close()
    return body


def saves(program, folder, guide, runs):
    """Seconds from each save to the page that shows it."""
    serve = subprocess.Popen([program, "serve", "--port", "0"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        address = urlsplit(serve.stdout.readline().strip())
        # What is done after the first page is shown (the audit of all pages) is not part of it.
        time.sleep(10)
        took = []
        for _ in range(runs + 1):
            seen = get(address.netloc, f"{address.path}-/changes?seen=0").strip()
            start = time.monotonic()
            words = guide.change()
            page = ""
            # What is shown may also have changed for another reason.
            while words not in page:
                if time.monotonic() - start > 60:
                    raise SystemExit(f"the page does not show what was saved: {words}")
                seen = get(address.netloc, f"{address.path}-/changes?seen={seen}").strip()
                page = get(address.netloc, f"{address.path}{guide.address}")
            took.append(time.monotonic() - start)
            time.sleep(0.7)
        return took[1:]
    finally:
        serve.kill()
        serve.wait()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--signpost", type=Path, required=True)
    ap.add_argument("--dir", type=Path, default=Path("/dev/shm/signpost-saves"))
    ap.add_argument("--pages", type=int, default=10000)
    ap.add_argument("--runs", type=int, default=9)
    ap.add_argument("--generator", type=Path, default=root().parent / "shared" / "bench" / "gen_ssg.py")
    ap.add_argument("--git", action="store_true")
    a = ap.parse_args()
    module, folder = gen_site.generator(a.generator), a.dir / f"{a.pages}{'-git' if a.git else ''}"
    corpus(module, folder, a.pages, a.git)
    guide, program = Guide(folder, module.slug_of(a.pages // 2)), a.signpost.absolute()
    print(f"{machine()}\n", flush=True)
    build = Command(f"build of {a.pages:,} pages, one text changed", [program, "build", "--out", "public"], cwd=folder, before=guide.change)
    in_turn([build], a.runs)
    print(table([build]))
    took = [1000 * s for s in saves(program, folder, guide, a.runs)]
    print(f"\nserve, from the save to the page: {statistics.median(took):.0f} ms ({min(took):.0f} to {max(took):.0f})")


if __name__ == "__main__":
    main()
