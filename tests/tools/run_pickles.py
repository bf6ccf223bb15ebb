#!/usr/bin/env python3
"""Generated plain objects go through pickles between CPython and Lisle, both ways, with all protocols.

    tests/tools/run_pickles.py --lisle build/lisle [--count 10000]

Closes with "N passed, N failed".
"""
import argparse
import os
import subprocess
import sys
import tempfile

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pickle_objects.py")
LIMIT = 600


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lisle", required=True)
    parser.add_argument("--count", type=int, default=1000)
    options = parser.parse_args()
    machines = {"CPython": [sys.executable], "Lisle": [os.path.abspath(options.lisle)]}
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for writer in machines:
            for reader in machines:
                path = os.path.join(folder, "pickles")
                for machine, mode in ((writer, "write"), (reader, "read")):
                    done = subprocess.run([*machines[machine], PROGRAM, mode, str(options.count), path],
                                          capture_output=True, timeout=LIMIT)
                    if done.returncode:
                        break
                passed, failed = passed + (not done.returncode), failed + bool(done.returncode)
                if done.returncode:
                    print(f"FAIL {writer} to {reader}: {(done.stdout + done.stderr).decode()[-600:]}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
