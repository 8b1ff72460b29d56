"""Whole processes, timed in turn: what the benchmark scripts share.

A run's user and system seconds and its peak memory are the system's own accounting of the finished process; wall
seconds go from just before its start to just after its end. Commands take turns (A B C A B C …), so that a slow
spell of the machine falls on all of them; medians are quoted.
"""
import os
import statistics
import subprocess
import time
from pathlib import Path


class Run:
    """One finished process."""

    def __init__(self, status, wall, usage, marks=()):
        self.status, self.wall, self.cpu, self.peak = status, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
        self.marks = marks

    def between(self, before, after):
        """Wall and CPU seconds from the line that begins with `before` (None: the start) to the one that begins with `after`."""
        at = [(0.0, 0.0)] if before is None else [m[1:] for m in self.marks if m[0].startswith(before)]
        to = [m[1:] for m in self.marks if m[0].startswith(after)]
        if not at or not to:
            raise SystemExit(f"nothing was said of the time between {before!r} and {after!r}: {[m[0] for m in self.marks]}")
        return to[0][0] - at[0][0], to[0][1] - at[0][1]


def cpu_of(pid):
    """User and system seconds of a running process, all its threads, in the system's ticks of mostly 10 ms."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Command:
    """A command to be timed: how it is called, where, and what has to be true after it.

    With `is_watched`, what it says on standard error is noted line by line, with the seconds that it had taken by then.
    """

    def __init__(self, name, argv, cwd=".", statuses=(0,), before=None, after=None, is_watched=False):
        self.name, self.argv, self.cwd, self.statuses = name, [str(a) for a in argv], cwd, statuses
        self.before, self.after, self.is_watched, self.runs = before, after, is_watched, []

    def once(self):
        if self.before:
            self.before()
        with open(os.devnull, "r+b") as null:
            start = time.monotonic()
            errors = subprocess.PIPE if self.is_watched else null
            process = subprocess.Popen(self.argv, cwd=self.cwd, stdin=null, stdout=null, stderr=errors, text=True)
            said = process.stderr or ()
            marks = [(line.strip(), time.monotonic() - start, cpu_of(process.pid)) for line in said]
            _, status, usage = os.wait4(process.pid, 0)
            run = Run(os.waitstatus_to_exitcode(status), time.monotonic() - start, usage, marks)
            process.returncode = run.status
            if process.stderr:
                process.stderr.close()
        if run.status not in self.statuses:
            raise SystemExit(f"{self.name}: exit status {run.status}: {' '.join(self.argv)[:300]}")
        if self.after:
            self.after()
        return run

    def median(self, figure):
        return statistics.median(getattr(r, figure) for r in self.runs)


def in_turn(commands, runs=5, warmup=1):
    """Runs every command `runs` times in turn, after `warmup` rounds that do not count."""
    for n in range(-warmup, runs):
        for command in commands:
            run = command.once()
            if n >= 0:
                command.runs.append(run)


def table(commands, yardstick=None):
    """A Markdown table of medians (lowest to highest), and wall and CPU as multiples of the yardstick's."""
    head = "| command | wall s | CPU s | peak MiB |" + (" wall and CPU, of the yardstick's |" if yardstick else "")
    rows = [head, "| --- " * (head.count("|") - 1) + "|"]
    for c in commands:
        cells = []
        for figure, digits in (("wall", 3), ("cpu", 3), ("peak", 0)):
            all_ = [getattr(r, figure) for r in c.runs]
            cells.append(f"{c.median(figure):.{digits}f} ({min(all_):.{digits}f} to {max(all_):.{digits}f})")
        if yardstick:
            cells.append(f"{c.median('wall') / yardstick.median('wall'):.2f}, {c.median('cpu') / yardstick.median('cpu'):.2f}")
        rows.append(f"| {c.name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def machine():
    """The machine, in neutral words."""
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} processors, load {load:.1f} at the start, {time.strftime('%Y-%m-%d')}"


def root():
    """This repository."""
    return Path(__file__).resolve().parent.parent
