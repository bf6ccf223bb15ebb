#!/usr/bin/env python3
"""Runs every link test of a build folder: BUILD/tests/link_*.

That they exist is half of their point: each was linked with some layers only.
Closes with "N passed, N failed".
"""
import glob
import os
import subprocess
import sys


def main():
    programs = sorted(p for p in glob.glob(os.path.join(sys.argv[1], "tests", "link_*"))
                      if os.access(p, os.X_OK) and os.path.isfile(p))
    failed = 0
    for program in programs:
        result = subprocess.run([program], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                text=True, errors="replace", timeout=60)
        if result.returncode != 0:
            failed += 1
            print(f"{os.path.basename(program)}: status {result.returncode}\n{result.stdout}")
    print(f"{len(programs) - failed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
