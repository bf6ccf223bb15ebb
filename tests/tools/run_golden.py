#!/usr/bin/env python3
"""Compares the dump of every stage with its recorded text.

tests/golden/<stage>/<case>.py is dumped with `lisle --dump=<stage>` and must
give <case>.expected, stderr included (syntax errors are dumps, too); --update
records it. Closes with "N passed, N failed".
"""
import argparse
import difflib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GOLDEN = os.path.join(ROOT, "tests", "golden")


def find_cases(patterns):
    for stage in sorted(os.listdir(GOLDEN)) if os.path.isdir(GOLDEN) else []:
        folder = os.path.join(GOLDEN, stage)
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            if name.endswith(".py") and (not patterns or any(p in f"{stage}/{name}" for p in patterns)):
                yield stage, name[:-3]


def dump(lisle, stage, name):
    try:
        result = subprocess.run([lisle, f"--dump={stage}", name + ".py"], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=30,
                                cwd=os.path.join(GOLDEN, stage))
    except subprocess.TimeoutExpired:
        return "still running after 30 s\n"
    text = result.stdout.decode("utf-8", "replace")
    # A signal is never an expected outcome.
    return text if result.returncode >= 0 else text + f"killed by signal {-result.returncode}\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("patterns", nargs="*")
    parser.add_argument("--lisle", default=os.path.join(ROOT, "build", "lisle"))
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    lisle = os.path.abspath(options.lisle)
    passed = failed = 0
    for stage, name in find_cases(options.patterns):
        path = os.path.join(GOLDEN, stage, name + ".expected")
        text = dump(lisle, stage, name)
        if options.update:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        expected = "(nothing recorded)"
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                expected = file.read()
        if text == expected:
            passed += 1
            continue
        failed += 1
        print(f"FAIL {stage}/{name}")
        diff = difflib.unified_diff(expected.split("\n"), text.split("\n"), "expected", "got", lineterm="", n=1)
        print("    " + "\n    ".join(list(diff)[2:30]))
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
