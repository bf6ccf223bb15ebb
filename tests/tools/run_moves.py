#!/usr/bin/env python3
"""Moves the programs of tests/lang/suspend between two processes in the middle: see move_process.py.

    tests/tools/run_moves.py --lisle build/lisle [--quick] [NAME...]

Each program is stopped at each of its first waits, inside the builtin that it
tests; --quick takes the first one alone. What the two processes print together
must be what the program prints when it is left alone.
"""
import argparse
import concurrent.futures
import os
import subprocess
import sys
import tempfile

TOOLS = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(TOOLS))
SUSPEND = os.path.join(ROOT, "tests", "lang", "suspend")
DRIVER = os.path.join(TOOLS, "move_process.py")
MOST_WAITS = 6
LIMIT = 30
# What cannot be moved this way, and why.
LEFT_OUT = {
    "enum_and_flags": "members of an Enum go by the name of their class, which goes by value itself",
    "import_from_package": "its modules lie in a folder that goes with the first process",
    "import_module": "modules go by name, and the one it imports has not begun where it is finished",
    "module_getattr": "modules go by name, and it makes one that nobody can import",
    "print_to_redirected_stdout": "replaces sys.stdout, which belongs to the process",
    "pickle_hooks": "a pickler at work knows objects by their addresses",
}


def run(lisle, *args):
    """(status, standard output, standard error) of a program."""
    try:
        done = subprocess.run([lisle, *args], cwd=ROOT, capture_output=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return "timeout", b"", f"no end within {LIMIT} s"
    return done.returncode, done.stdout, done.stderr.decode(errors="replace")


def move(lisle, program, wait, whole):
    """What is wrong with moving `program` at that wait; None when nothing is, False when it had ended."""
    with tempfile.NamedTemporaryFile() as file:
        status, first, error = run(lisle, DRIVER, "save", program, str(wait), file.name)
        if status == 3:
            return False
        if status != 0:
            return "saving: " + error[-300:]
        status, second, error = run(lisle, DRIVER, "finish", file.name)
    if status != 0:
        return "finishing: " + error[-300:]
    if first + second != whole:
        return f"printed {(first + second)[-200:]!r} instead of {whole[-200:]!r}"
    return None


def moves(lisle, name, waits):
    """The outcome of each move of one program."""
    program = os.path.join(SUSPEND, name + ".py")
    _, whole, _ = run(lisle, DRIVER, "whole", program)
    outcomes = []
    for wait in range(1, waits + 1):
        wrong = move(lisle, program, wait, whole)
        if wrong is False:
            break
        outcomes.append(wrong and f"FAIL {name} at wait {wait}: {wrong}")
    return outcomes


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lisle", required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    lisle = os.path.abspath(options.lisle)
    names = options.names or sorted(n[:-3] for n in os.listdir(SUSPEND)
                                    if n.endswith(".py") and not n.startswith("_")
                                    and n[:-3] not in LEFT_OUT)
    waits = 1 if options.quick else MOST_WAITS
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for outcomes in pool.map(lambda name: moves(lisle, name, waits), names):
            for wrong in outcomes:
                passed, failed = passed + (not wrong), failed + bool(wrong)
                if wrong:
                    print(wrong)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
