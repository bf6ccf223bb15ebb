#!/usr/bin/env python3
"""Moves the programs of tests/lang/suspend between two processes in the middle: see move_process.py.

    tests/tools/run_moves.py --lisle build/lisle [NAME...]

Each program is stopped after several counts of ticks, so that it is pickled in
different positions. What the two processes print together must be what the
program prints when it is left alone.
"""
import argparse
import os
import subprocess
import sys
import tempfile

TOOLS = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(TOOLS))
SUSPEND = os.path.join(ROOT, "tests", "lang", "suspend")
TICKS = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89)
LIMIT = 30
# What cannot be moved this way, and why.
LEFT_OUT = {
    "getattribute_hook": "answers for every attribute, __reduce_ex__ too",
    "import_module": "imports a module that looks into __main__",
    "result_after_waiting": "has keys whose __eq__ needs globals that are read after the keys",
}


def run(lisle, *args):
    """(status, standard output, standard error) of a program."""
    done = subprocess.run([lisle, *args], cwd=ROOT, capture_output=True, timeout=LIMIT)
    return done.returncode, done.stdout, done.stderr.decode(errors="replace")


def move(lisle, program, ticks, whole):
    """What is wrong with moving `program` after `ticks`; None when nothing is, False when it had ended."""
    driver = os.path.join(TOOLS, "move_process.py")
    with tempfile.NamedTemporaryFile() as file:
        status, first, error = run(lisle, driver, "save", program, str(ticks), file.name)
        if status == 3:
            return False
        if status != 0:
            return "saving: " + error[-300:]
        status, second, error = run(lisle, driver, "finish", file.name)
    if status != 0:
        return "finishing: " + error[-300:]
    if first + second != whole:
        return f"printed {(first + second)[-200:]!r} instead of {whole[-200:]!r}"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lisle", required=True)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    lisle = os.path.abspath(options.lisle)
    names = options.names or sorted(n[:-3] for n in os.listdir(SUSPEND)
                                    if n.endswith(".py") and not n.startswith("_")
                                    and n[:-3] not in LEFT_OUT)
    passed = failed = 0
    for name in names:
        program = os.path.join(SUSPEND, name + ".py")
        _, whole, _ = run(lisle, program)
        for ticks in TICKS:
            wrong = move(lisle, program, ticks, whole)
            if wrong is False:
                break
            if wrong is None:
                passed += 1
                continue
            failed += 1
            print(f"FAIL {name} after {ticks} ticks: {wrong}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
