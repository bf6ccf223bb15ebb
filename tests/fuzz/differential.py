#!/usr/bin/env python3
"""Runs random programs by the interpreter and as compiled code and compares what they print.

differential.py --lisle build/lisle --seconds 30                  as a test
differential.py --lisle build/lisle --hours 1 --seed 7 --keep DIR --reduce

Each process runs many programs, in every mode the same ones. A program that prints something else in some mode, or
ends its process, is named by its seed (hot_programs.py SEED writes it) and with --reduce made small.
"""
import argparse
import ast
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time

import hot_programs

# What LISLE_STRESS says. "jit:3": code is compiled when it is passed for the third time, with what the interpreter
# has noted by then; "jit": at once; "deopt": compiled code is left again and again.
MODES = {
    "jit": "jit",
    "warm": "jit:3",
    "warmer": "jit:9",
    "deopt": "jit:3,deopt",
    "gc": "jit:3,gc:211",
    "switch": "jit:3,switch",
}
# What all programs begin with is compiled once a process.
RUNNER = '''
import sys
with open(sys.argv[1]) as file: prelude = file.read()
shared = {"__name__": "prelude"}
exec(compile(prelude, "prelude", "exec"), shared)
for path in sys.argv[2:]:
    print("=== " + path)
    with open(path) as file: source = file.read()
    sys.stdout.flush()
    try:
        exec(compile(source.removeprefix(prelude), "program", "exec"), {**shared, "__name__": "program"})
    except BaseException as e:
        print("ended by", type(e).__name__, str(e)[:100])
sys.stdout.flush()
print("=== end")
'''


class Fuzzer:
    def __init__(self, options):
        self.options = options
        self.folder = tempfile.mkdtemp(prefix="differential-")
        self.runner = os.path.join(self.folder, "runner.py")
        with open(self.runner, "w") as file:
            file.write(RUNNER)
        self.prelude = os.path.join(self.folder, "prelude.py")
        with open(self.prelude, "w") as file:
            file.write(hot_programs.PRELUDE)
        self.found = 0

    def run(self, paths, stress, seconds):
        """What each program printed, by path, and how the process ended (None: it did not)."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("LISLE")}
        environment["PYTHONHASHSEED"] = "0"
        environment["LISLE_STRESS"] = stress
        environment["LISLE_JIT_VERIFY"] = "1"
        command = [self.options.lisle, "--max-memory=2G", self.runner, self.prelude, *paths]

        def limit():
            # Of processor time, so that a busy machine does not look like a loop without end.
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))

        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, preexec_fn=limit)
        text, error = done.stdout, done.stderr
        code = None if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL) else done.returncode
        printed, now = {}, None
        for line in text.decode("utf-8", "replace").splitlines():
            if line.startswith("=== "):
                now = line[4:]
                printed[now] = []
            elif now:
                printed[now].append(line)
        if code == 0 and "end" not in printed:
            code = "an early end"
        if code and error:
            printed["stderr"] = error.decode("utf-8", "replace").splitlines()[-8:]
        return printed, code

    def differs(self, path, stress, seconds=60):
        """How the one program differs in the mode; None when it does not."""
        # Where each safepoint switches, natives that count ticks of their own are left elsewhere.
        expected, code = self.run([path], "interp,switch" if "switch" in stress else "interp", seconds)
        if code != 0:
            return None
        got, code = self.run([path], stress, seconds * 4)
        if code is None:
            return "does not end"
        if code != 0:
            return f"the process ended with {code} " + " | ".join(got.get("stderr", []))[:300]
        for a, b in zip(expected[path] + ["(end)"], got[path] + ["(end)"]):
            if a != b:
                return f"{a[:300]}\n    became {b[:300]}"
        return None

    def batch(self, seeds, modes):
        paths = []
        for seed in seeds:
            path = os.path.join(self.folder, f"{seed}.py")
            with open(path, "w") as file:
                file.write(hot_programs.write_program(seed))
            paths.append(path)
        expected, code = self.run(paths, "interp", 60)
        if code != 0:
            for path in paths:
                got, code = self.run([path], "interp", 20)
                # One that takes too long for the interpreter says nothing of the compiler.
                if code not in (0, None):
                    self.report(path, "interpreter", f"the process ended with {code} {got.get('stderr')}")
            return
        for mode in modes:
            got, code = self.run(paths, MODES[mode], self.options.limit * len(paths))
            suspects = [p for p in paths if got.get(p) != expected[p]]
            if code != 0 and not suspects:
                self.report(paths[-1], mode, f"the process ended with {code} {got.get('stderr')}")
            told = False
            for path in suspects if code == 0 else suspects[:1]:
                how = self.differs(path, MODES[mode])
                if how:
                    told = True
                    self.report(path, mode, how)
            if suspects and not told and "switch" not in mode:
                self.report(suspects[0], mode, f"only in company of {paths}: {code} {got.get('stderr')}")
        for path in paths:
            os.unlink(path)

    def report(self, path, mode, how):
        self.found += 1
        print(f"{os.path.basename(path)} in mode {mode}: {how}", flush=True)
        if not self.options.keep:
            return
        os.makedirs(self.options.keep, exist_ok=True)
        kept = os.path.join(self.options.keep, f"{os.path.basename(path)[:-3]}_{mode}.py")
        with open(path) as file:
            source = file.read()
        with open(kept, "w") as file:
            file.write(source)
        if self.options.reduce and mode in MODES:
            small = Reducer(self, source, MODES[mode]).reduce()
            with open(kept[:-3] + "_small.py", "w") as file:
                file.write(small)


class Reducer:
    """Leaves out statement after statement as long as the program still differs."""

    def __init__(self, fuzzer, source, stress, seconds=240):
        self.fuzzer = fuzzer
        self.stress = stress
        self.tree = ast.parse(source)
        self.path = os.path.join(fuzzer.folder, "small.py")
        self.ends = time.monotonic() + seconds

    def fails(self):
        try:
            text = ast.unparse(self.tree)
            compile(text, "small", "exec")
        except (SyntaxError, ValueError, RecursionError):
            return False
        with open(self.path, "w") as file:
            file.write(text + "\n")
        return bool(self.fuzzer.differs(self.path, self.stress, 10))

    def bodies(self):
        for node in ast.walk(self.tree):
            for field in ("body", "orelse", "finalbody", "handlers"):
                body = getattr(node, field, None)
                if isinstance(body, list):
                    yield node, field

    def shrink(self, node, field):
        """Halves first, then single statements; then the statement gives way to what it holds."""
        changed = False
        size = max(1, len(getattr(node, field)) // 2)
        while size and time.monotonic() < self.ends:
            at = 0
            while at < len(getattr(node, field)) and time.monotonic() < self.ends:
                before = getattr(node, field)
                rest = before[:at] + before[at + size:]
                if not rest and field == "body":
                    if isinstance(before[0], ast.Pass):
                        break
                    rest = [ast.Pass()]
                setattr(node, field, rest)
                if self.fails():
                    changed = True
                else:
                    setattr(node, field, before)
                    at += size
            size //= 2
        for at, statement in enumerate(list(getattr(node, field))):
            inner = getattr(statement, "body", None)
            if not isinstance(inner, list) or isinstance(statement, (ast.FunctionDef, ast.ClassDef)) or time.monotonic() > self.ends:
                continue
            before = getattr(node, field)
            if statement not in before:
                continue
            at = before.index(statement)
            setattr(node, field, before[:at] + inner + before[at + 1:])
            if self.fails():
                changed = True
            else:
                setattr(node, field, before)
        return changed

    def reduce(self):
        if not self.fails():
            return ast.unparse(self.tree) + "\n"
        changed = True
        while changed and time.monotonic() < self.ends:
            changed = False
            for node, field in list(self.bodies()):
                changed |= self.shrink(node, field)
        return ast.unparse(self.tree) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lisle", default="build/lisle")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--hours", type=float, default=0)
    parser.add_argument("--seed", type=int, default=0, help="of the first program; 0: another one each time")
    parser.add_argument("--count", type=int, default=8, help="programs a process")
    parser.add_argument("--modes", default=",".join(MODES))
    parser.add_argument("--modes-each", type=int, default=2, help="modes that are tried with one batch")
    parser.add_argument("--limit", type=float, default=60, help="seconds of processor time a program may take")
    parser.add_argument("--keep", help="folder for programs that differ")
    parser.add_argument("--reduce", action="store_true")
    options = parser.parse_args()
    options.lisle = os.path.abspath(options.lisle)
    fuzzer = Fuzzer(options)
    seed = first = options.seed or random.SystemRandom().randrange(1, 10**9)
    ends = time.monotonic() + (options.hours * 3600 or options.seconds)
    modes = options.modes.split(",")
    while time.monotonic() < ends:
        chosen = random.Random(seed).sample(modes, min(options.modes_each, len(modes)))
        fuzzer.batch(range(seed, seed + options.count), chosen)
        seed += options.count
    print(f"{seed - first} programs from seed {first}: {fuzzer.found} differ")
    sys.exit(1 if fuzzer.found else 0)


if __name__ == "__main__":
    main()
