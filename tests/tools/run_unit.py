#!/usr/bin/env python3
"""Runs the doctest executable given and closes with "N passed, N failed"."""
import re
import subprocess
import sys


def main():
    result = subprocess.run([sys.argv[1], "--no-colors=1", *sys.argv[2:]], stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True, errors="replace")
    summary = re.search(r"test cases:\s*(\d+)\s*\|\s*(\d+) passed\s*\|\s*(\d+) failed", result.stdout)
    if result.returncode != 0 or not summary:
        print(result.stdout[-20000:])
    if not summary:
        # A crash ends the run without a summary.
        print(f"unit tests ended with status {result.returncode}\n0 passed, 1 failed")
        return 1
    print(f"{summary[2]} passed, {summary[3]} failed")
    return result.returncode != 0


if __name__ == "__main__":
    sys.exit(main())
