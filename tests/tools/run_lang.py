#!/usr/bin/env python3
"""Runs the language suite: tests/lang/<topic>/<case>.py, in several modes.

The expectation of a case is, in this order:
  * comments in the case itself, where the behaviour is ours:
      # expect: TEXT         one line of stdout (in order; an empty TEXT is an empty line)
      # expect error: TEXT   the last line of stderr
      # exit: N              the exit status (0, or 1 where an error is expected)
  * <case>.out beside it: stdout recorded from CPython 3.11 (--update), with a
    line "# exit: N" and "# error: TEXT" at its end where they matter.
  # args: A B      arguments of the program
  # stderr: whole  all of stderr counts; it is recorded in <case>.err
  # modes: -switch REASON   leaves a mode out and says why

Files whose name starts with "_" and files in sub-folders are helpers.
A mode is set by the environment variable LISLE_STRESS. Closes with
"N passed, N failed".
"""
import argparse
import concurrent.futures
import difflib
import os
import re
import subprocess
import sys
import tempfile
import time

TOOLS = os.path.dirname(os.path.abspath(__file__))
LANG = os.path.join(os.path.dirname(TOOLS), "lang")
ROOT = os.path.dirname(os.path.dirname(TOOLS))
# What a mode adds to the environment of the program. Collecting at every
# allocation costs most in large programs, so that the quick mode gc does it for
# the topics of SMALL alone (but for cases that leave out gc-each), and for the
# others at each 50th.
MODES = {
    "plain": {},
    "hot": {"LISLE_STRESS": "hot"},
    "interp": {"LISLE_STRESS": "interp"},
    "asan": {"LISLE_STRESS": "interp"},
    "gc": {"LISLE_STRESS": "interp,gc:50"},
    "gc-each": {"LISLE_STRESS": "interp,gc"},
    "switch": {"LISLE_STRESS": "interp,switch"},
    "pickle": {"LISLE_STRESS": "interp,pickle"},
    "gc+switch": {"LISLE_STRESS": "interp,gc:50,switch"},
    "image": {"LISLE_STRESS": "interp"},
    "jit": {"LISLE_STRESS": "jit"},
    "deopt": {"LISLE_STRESS": "jit:3,deopt"},
    "warm": {"LISLE_STRESS": "jit:3"},
    "jit+gc": {"LISLE_STRESS": "jit:3,gc:50"},
    "jit+switch": {"LISLE_STRESS": "jit:3,switch"},
    "jit+pickle": {"LISLE_STRESS": "jit:3,pickle"},
    "jit+image": {"LISLE_STRESS": "jit:3"},
}
# The mode image: the program is saved at its n-th safepoint, its process ends, and
# another goes on, again and again, n growing so that long programs end as well.
RESUMED = 75
SMALL = ("gc/", "suspend/")
TIMEOUT = {"plain": 20, "hot": 120, "interp": 20, "switch": 60, "pickle": 60, "gc": 120, "gc-each": 300, "gc+switch": 120,
           "asan": 120, "image": 60,
           "jit": 120, "deopt": 120, "warm": 120, "jit+gc": 300, "jit+switch": 300, "jit+pickle": 300, "jit+image": 300}
DIRECTIVE = re.compile(r"# (expect|expect error|exit|args|modes|stderr): ?(.*)$")


class Case:
    """One file of the suite and what it should do."""

    def __init__(self, path):
        self.path = path
        self.name = os.path.relpath(path, LANG)[:-3]
        self.out = path[:-3] + ".out"
        self.stdout, self.error, self.status = [], None, None
        self.args, self.left_out = [], set()
        self.inline = False
        self.err = path[:-3] + ".err"
        self.whole_stderr = False
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            for line in file:
                match = DIRECTIVE.search(line.rstrip("\n"))
                if match:
                    self.read_directive(match[1], match[2])
        if not self.inline:
            self.read_recorded()
        if self.status is None:
            self.status = 0 if self.error is None else 1

    def read_directive(self, word, text):
        if word == "expect":
            self.stdout.append(text)
            self.inline = True
        elif word == "expect error":
            self.error = text
            self.inline = True
        elif word == "exit":
            self.status = int(text)
        elif word == "args":
            self.args = text.split()
        elif word == "stderr":
            self.whole_stderr = True
        elif word == "modes":
            self.left_out |= {w[1:] for w in text.split() if w.startswith("-")}

    def read_recorded(self):
        if not os.path.exists(self.out):
            return
        with open(self.out, encoding="utf-8", errors="surrogateescape") as file:
            lines = file.read().split("\n")[:-1]
        while lines and lines[-1].startswith(("# exit: ", "# error: ")):
            line = lines.pop()
            if line.startswith("# exit: "):
                self.status = int(line[8:])
            else:
                self.error = line[9:]
        self.stdout = lines

    def recorded(self):
        return self.inline or os.path.exists(self.out)


def small(case):
    return case.name.startswith(SMALL) and "gc-each" not in case.left_out


def leaves_out(case, mode):
    """A case that leaves out a mode leaves out every mode that it is part of."""
    parts = {mode, *mode.split("+")} | ({"jit"} if mode in ("hot", "deopt", "warm") else set())
    return bool(parts & case.left_out)


def last_line(text):
    lines = [line for line in text.split("\n") if line.strip()]
    return lines[-1].strip() if lines else ""


def without_folder(case, text):
    """stderr with the case's folder taken out of file names."""
    return text.replace(os.path.dirname(case.path) + "/", "")


def execute(command, case, extra, timeout):
    environment = dict(os.environ, PYTHONIOENCODING="utf-8", PYTHONDONTWRITEBYTECODE="1",
                       LC_ALL="C.UTF-8", **extra)
    try:
        script = [] if isinstance(case, Resumption) else [case.path]
        result = subprocess.run(command + script + case.args, stdin=subprocess.DEVNULL,
                                capture_output=True, timeout=timeout, env=environment,
                                cwd=os.path.dirname(case.path))
    except subprocess.TimeoutExpired:
        return None, "", ""
    decode = lambda data: data.decode("utf-8", "surrogateescape")
    return result.returncode, decode(result.stdout), decode(result.stderr)


def execute_by_images(lisle, case, timeout, more):
    """The same through many processes, each of which resumes what the one before it saved."""
    stdout = stderr = ""
    with tempfile.TemporaryDirectory() as folder:
        image = os.path.join(folder, "image")
        command, period = [lisle], 3
        for _ in range(60):
            extra = {"LISLE_STRESS": f"{more['LISLE_STRESS']},image:{period}", "LISLE_STRESS_IMAGE": image}
            status, out, err = execute(command, case, extra, timeout)
            stdout, stderr = stdout + out, stderr + err
            if status != RESUMED:
                return status, stdout, stderr
            command, period = [lisle, "resume", image], period * 3 // 2
            case = Resumption(case)
        return None, stdout, stderr


class Resumption:
    """A case that goes on: the image knows the program and its arguments."""

    def __init__(self, case):
        self.path, self.args = case.path, []


def judge(lisle, case, mode):
    """None, or the text that explains the failure."""
    extra = MODES["gc-each" if mode == "gc" and small(case) else mode]
    if mode.endswith("image"):
        status, stdout, stderr = execute_by_images(lisle, case, TIMEOUT[mode], extra)
    else:
        status, stdout, stderr = execute([lisle], case, extra, TIMEOUT[mode])
    if status is None:
        return f"still running after {TIMEOUT[mode]} s"
    problems = []
    expected = "".join(line + "\n" for line in case.stdout)
    if stdout != expected:
        diff = list(difflib.unified_diff(expected.split("\n"), stdout.split("\n"), "expected", "got",
                                         lineterm="", n=1))
        problems += diff[2:26]
    if status != case.status:
        problems.append(f"exit status {status}, expected {case.status}")
    if case.whole_stderr:
        with open(case.err, encoding="utf-8") as file:
            wanted = file.read()
        got = without_folder(case, stderr)
        if got != wanted:
            problems += list(difflib.unified_diff(wanted.split("\n"), got.split("\n"), "expected", "got",
                                                  lineterm="", n=1))[2:40]
    if case.error is not None and last_line(stderr) != case.error:
        problems.append(f"error: {last_line(stderr)!r}, expected {case.error!r}")
    if problems and stderr and not case.whole_stderr and (case.error is None or status != case.status):
        problems.append("stderr: " + stderr[-1500:])
    return "\n".join(problems) if problems else None


def record(python, case):
    """Writes <case>.out from CPython; says why not when that is impossible."""
    status, stdout, stderr = execute([python], case, {"PYTHONHASHSEED": "0"}, 60)
    again = execute([python], case, {"PYTHONHASHSEED": "7"}, 60)
    if status is None:
        return "does not end"
    if (status, stdout) != again[:2] or last_line(stderr) != last_line(again[2]):
        return "output differs between two runs"
    if re.search(r" at 0x[0-9a-f]{8,}", stdout):
        return "output holds an address"
    if stdout and not stdout.endswith("\n"):
        return "output does not end with a newline"
    with open(case.out, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(stdout)
        if case.whole_stderr:
            with open(case.err, "w", encoding="utf-8") as error_file:
                error_file.write(without_folder(case, stderr))
        if status:
            file.write(f"# error: {last_line(stderr)}\n# exit: {status}\n")
        return None


def find_cases(patterns):
    cases = []
    for topic in sorted(os.listdir(LANG)):
        folder = os.path.join(LANG, topic)
        if not os.path.isdir(folder):
            continue
        for name in sorted(os.listdir(folder)):
            if name.endswith(".py") and not name.startswith("_"):
                case_name = f"{topic}/{name[:-3]}"
                if not patterns or any(p.rstrip("/") in case_name for p in patterns):
                    cases.append(Case(os.path.join(folder, name)))
    return cases


def update(python, cases, only_missing):
    failed = 0
    for case in cases:
        if case.inline or (only_missing and os.path.exists(case.out)):
            continue
        reason = record(python, case)
        if reason:
            failed += 1
            print(f"{case.name}: {reason}")
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("patterns", nargs="*", help="parts of case names; none: all")
    parser.add_argument("--lisle", default=os.path.join(ROOT, "build", "lisle"))
    parser.add_argument("--modes", default="interp", help="comma-separated: " + " ".join(MODES))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--update", action="store_true", help="record .out from CPython 3.11")
    parser.add_argument("--missing", action="store_true", help="with --update: only what has no .out")
    parser.add_argument("--python", default="/usr/bin/python3.11")
    parser.add_argument("--quiet", action="store_true", help="names of failures only")
    options = parser.parse_args()
    cases = find_cases(options.patterns)
    if options.update:
        return update(options.python, cases, options.missing)

    started = time.monotonic()
    passed = failed = 0
    counts = []
    lisle = os.path.abspath(options.lisle)
    compiled = [mode for mode in options.modes.split(",") if {"plain", "hot", "jit", "deopt", "warm"} & set(mode.split("+"))]
    if compiled and not os.path.exists(os.path.join(os.path.dirname(lisle), "liblisle_jit.so")):
        sys.exit(f"run_lang: no compiler beside {lisle}, so that mode {compiled[0]} would test nothing")
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for mode in options.modes.split(","):
            work = [case for case in cases if not leaves_out(case, mode)]
            results = pool.map(lambda case: judge(lisle, case, mode) if case.recorded()
                               else "no expectation: record it with --update", work)
            bad = 0
            for case, problem in zip(work, results):
                if problem is None:
                    continue
                bad += 1
                print(f"FAIL {case.name} [{mode}]")
                if not options.quiet:
                    print("    " + problem.replace("\n", "\n    "))
            passed += len(work) - bad
            failed += bad
            counts.append(f"{mode} {len(work) - bad}/{len(work)}")
    print(f"({', '.join(counts)}; {time.monotonic() - started:.1f} s)")
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
