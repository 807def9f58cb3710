#!/usr/bin/env python3
"""The file of measured values, bench/results/latest.json.

It holds {"machine": …, "entries": [{"name", "value", "unit", …}, …]}.
As a program this makes the file anew of entries on standard input, a JSON object a line. As a module it lets a
comparison add its entries. Values of another machine or version are never mixed with them.
"""
import json
import os
import pathlib
import platform
import re
import sys

import datasets

LATEST = datasets.ROOT / "bench/results/latest.json"


def machine():
    """The processor, its cores, the system, and the version of Cambium."""
    description = pathlib.Path("/proc/cpuinfo")
    lines = description.read_text() if description.is_file() else ""
    processor = re.search(r"^model name\s*: (.*)", lines, re.MULTILINE)
    return (f"{processor[1] if processor else 'unknown processor'}, {os.cpu_count()} cores, {platform.system()}"
            f" {platform.machine()}, Cambium {datasets.cambium('--version').strip()}")


def write(entries):
    """Makes the file anew, whole or not at all, one line for each entry."""
    LATEST.parent.mkdir(exist_ok=True)
    lines = ",\n    ".join(json.dumps(entry) for entry in entries)
    unfinished = LATEST.with_suffix(".unfinished")
    unfinished.write_text(f'{{\n  "machine": {json.dumps(machine())},\n  "entries": [\n    {lines}\n  ]\n}}\n')
    unfinished.replace(LATEST)
    print(f"written: {LATEST.relative_to(datasets.ROOT)}")


def add(entries):
    """Adds entries to the file; they take the place of those of the same names."""
    old = json.loads(LATEST.read_text()) if LATEST.is_file() else {"machine": machine(), "entries": []}
    if old["machine"] != machine():
        print(f"{LATEST.name} is of another machine or version ({old['machine']}) and is made anew", file=sys.stderr)
        old["entries"] = []
    names = {entry["name"] for entry in entries}
    write([entry for entry in old["entries"] if entry["name"] not in names] + entries)


if __name__ == "__main__":
    write([json.loads(line) for line in sys.stdin])
