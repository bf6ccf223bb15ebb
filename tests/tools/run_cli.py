#!/usr/bin/env python3
"""Checks the command line of `lisle`: each row of CASES is one call.

Statuses and the shape of messages are CPython's where it has the option.
Closes with "N passed, N failed".
"""
import argparse
import os
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))



def readme_tour():
    """The program that the README shows."""
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        return re.search(r"(?s)```python\n(.*?)```", file.read()).group(1)


# Files of the folder the calls run in.
FILES = {
    "readme.py": readme_tour(),
    "hello.py": "import sys\nprint('hello', sys.argv, __name__)\n",
    "broken.py": "x = = 1\n",
    "raises.py": "print('first')\nraise ValueError('wrong')\n",
    "mod.py": "import sys\nprint(__name__, sys.argv[1:])\n",
    "pkg/__init__.py": "print('init')\n",
    "pkg/__main__.py": "print('main of', __package__)\n",
    "latin.py": b"# -*- coding: latin-1 -*-\nprint('\xe9')\n",
    "bom.py": b"\xef\xbb\xbfprint('bom')\n",
    "warns.py": "import warnings\nwarnings.warn('told')\n",
    "crlf.py": b"if True:\r\n    print('crlf')\r\n",
    "bad_bytes.py": b"print('\xff')\n",
    "empty.py": "",
    "closes.py": "import sys\nsys.stdout.write('no newline')\n",
    "narrow.py": "for make in (lambda: bytes(2**31), lambda: [0] * 2**30, lambda: 'a' * 2**32):\n"
                 "    try:\n        make()\n    except MemoryError:\n        print('refused')\n",
    "hashes.py": "print(hash('abc'), {'spam', 'eggs', 'ham', 'foo', 'bar', 'baz', 'qux'})\n",
    "warm.py": "def count(n):\n    for i in range(n): pass\nfor i in range(900): count(3000)\n"
               "print('liblisle_jit' in open('/proc/self/maps').read())\n",
    "mapped.py": "import os\ndef count(n):\n    for i in range(n): pass\n"
                 "path = '/tmp/perf-%d.map' % os.getpid()\n"
                 "for i in range(20000):\n    count(3000)\n"
                 "    if i % 1000 == 0 and 'count.from_' in open(path).read() if os.path.exists(path) else False: break\n"
                 "print([line.split()[2] for line in open(path) if 'count' in line][0].split('_')[0])\n"
                 "os.remove(path)\n",
    "order.py": "import os\nprint('a', end='')\nos.write(1, b'b')\nprint('c')\n",
    "streams.py": "import sys\nprint(sys.stdin is None, sys.stdout is None)\n",
    "digits.py": "import sys\nprint(sys.get_int_max_str_digits())\n",
    "asserts.py": "assert False\nprint(__debug__)\n",
    "literal.py": "x = 1\nx is 1\n",
    "input.py": "print(input('name? '))\ntry:\n    input()\nexcept EOFError as e:\n    print(e)\n",
}
# What the shell does to the inner call of such a program comes first.
INNER = "import os, sys; sys.exit(os.system('%s; ' + sys.executable + ' %s') >> 8)"
# (name, arguments, standard input, status, stdout, pattern found in stderr or None)
CASES = [
    ("readme tour", ["readme.py"], "", 0, "('ann', 20)\nfailed: bob was given a zero\n('ann', 5)\n", None),
    ("phoenix", [os.path.join(ROOT, "examples", "phoenix.py"), "200", "2"], "", 0,
     re.compile(r"200 agents, \d+ in all\nkilled \d times\nthe same as undisturbed: True\n"), None),
    ("save on what", ["--save-on", "noon", "x.img", "hello.py"], "", 2, "", r"not a time to save at: 'noon'"),
    ("image without words", ["image", "eat", "x.img"], "", 2, "", r"usage: lisle image"),
    ("tour at size", [os.path.join(ROOT, "examples", "tour.py")], "", 0,
     re.compile(r"(?s).*100,000 came out.*both advanced: True.*no answer.*5,000,050,000.*wherever.*"), None),
    ("file", ["hello.py", "a", "-b"], "", 0, "hello ['hello.py', 'a', '-b'] __main__\n", None),
    ("text", ["-c", "import sys; print(sys.argv)", "x", "--y"], "", 0, "['-c', 'x', '--y']\n", None),
    ("compiled", ["warm.py"], "", 0, "True\n", None),
    ("compiled module", ["-m", "warm"], "", 0, "True\n", None),
    ("map of compiled code", ["--jit-symbols", "mapped.py"], "", 0, "count.from\n", None),
    ("interpreted", ["--jit=off", "warm.py"], "", 0, "False\n", None),
    ("cold", ["-c", "print('liblisle_jit' in open('/proc/self/maps').read())"], "", 0, "False\n", None),
    ("stdin", ["-", "q"], "import sys\nprint(sys.argv)\n", 0, "['-', 'q']\n", None),
    ("piped stdin", [], "print('piped')\n", 0, "piped\n", None),
    ("file of stdin", ["-"], "print(__file__, __cached__)\n", 0, "<stdin> None\n", None),
    ("module", ["-m", "mod", "1", "-2"], "", 0, "__main__ ['1', '-2']\n", None),
    ("package", ["-m", "pkg"], "", 0, "init\nmain of pkg\n", None),
    ("no such module", ["-m", "nothing_here"], "", 1, "", r"No module named nothing_here"),
    ("no such file", ["missing.py"], "", 2, "", r"can't open file .*missing\.py"),
    ("several -W", ["-W", "ignore", "-W", "error::UserWarning", "warns.py"], "", 1, "", r"UserWarning: told"),
    ("several -X", ["-X", "dev", "-Xa=b", "-c",
                    "import sys; print(sys._xoptions, sys.flags.dev_mode, sys.warnoptions)"], "", 0,
     "{'dev': True, 'a': 'b'} True ['default']\n", None),
    ("warnings of the environment", ["-c", INNER % ("PYTHONWARNINGS=error; export PYTHONWARNINGS", "warns.py")],
     "", 1, "", r"UserWarning: told"),
    ("original arguments", ["-q", "-c", "import sys; print(sys.orig_argv[1:])", "z"], "", 0,
     "['-q', '-c', 'import sys; print(sys.orig_argv[1:])', 'z']\n", None),
    ("traceback limit", ["-c", "import sys\nsys.tracebacklimit = 1\ndef f(): 1/0\nf()"], "", 1, "",
     r'\):\n  File "<string>", line 3, in f\nZeroDivisionError'),
    ("no traceback", ["-c", "import sys\nsys.tracebacklimit = 0\n1/0"], "", 1, "", r"\AZeroDivisionError: division"),
    ("syntax error", ["broken.py"], "", 1, "", r"SyntaxError: invalid syntax"),
    ("uncaught", ["raises.py"], "", 1, "first\n", r"(?s)Traceback.*line 2.*ValueError: wrong"),
    ("exit status", ["-c", "import sys; sys.exit(7)"], "", 7, "", None),
    ("exit message", ["-c", "import sys; sys.exit('bye')"], "", 1, "", r"^bye\n$"),
    ("exit none", ["-c", "raise SystemExit"], "", 0, "", None),
    ("exit true", ["-c", "raise SystemExit(True)"], "", 1, "", None),
    ("exit flushes", ["-c", "import sys; print('out', end=''); sys.exit(0)"], "", 0, "out", None),
    ("version", ["--version"], "", 0, re.compile(r"Lisle \d+\.\d+\.\d+.*\n"), None),
    ("help", ["--help"], "", 0, re.compile(r"(?s).*--dump.*"), None),
    ("unknown option", ["--no-such-option"], "", 2, "", r"no-such-option"),
    ("check good", ["--check", "hello.py"], "", 0, "", None),
    ("check bad", ["--check", "broken.py"], "", 1, "", r"SyntaxError: invalid syntax"),
    ("dump ast", ["--dump=ast", "hello.py"], "", 0, re.compile(r"(?s).*Import.*"), None),
    ("dump bytecode", ["--dump=bytecode", "hello.py"], "", 0, re.compile(r"(?s).*hello.*"), None),
    ("dump unknown", ["--dump=nonsense", "hello.py"], "", 2, "", r"nonsense"),
    ("encoding", ["latin.py"], "", 0, "\u00e9\n", None),
    ("byte order mark", ["bom.py"], "", 0, "bom\n", None),
    ("carriage returns", ["crlf.py"], "", 0, "crlf\n", None),
    ("bad bytes", ["bad_bytes.py"], "", 1, "", r"SyntaxError: .*(Non-UTF-8 code|utf-8)"),
    ("empty", ["empty.py"], "", 0, "", None),
    ("no newline", ["closes.py"], "", 0, "no newline", None),
    ("input", ["input.py"], "ann\n", 0, "name? ann\nEOF when reading a line\n", None),
    ("stderr is apart", ["-c", "import sys; print('e', file=sys.stderr)"], "", 0, "", r"^e\n$"),
    ("little address space", ["-c", INNER % ("ulimit -v 8000000", "narrow.py")], "", 0, "refused\n" * 3, None),
    ("hash seed", ["-c", INNER % ("export PYTHONHASHSEED=0", "hashes.py")], "", 0,
     "-4594863902769663758 {'ham', 'bar', 'eggs', 'qux', 'foo', 'baz', 'spam'}\n", None),
    ("exit with a tuple", ["-c", "import sys; sys.exit((1, 2))"], "", 1, "", r"^\(1, 2\)\n$"),
    ("interrupted", ["-c", "raise KeyboardInterrupt"], "", -signal.SIGINT, "", r"\nKeyboardInterrupt\n$"),
    ("unbuffered", ["-u", "order.py"], "", 0, "abc\n", None),
    ("unbuffered by the environment", ["-c", INNER % ("export PYTHONUNBUFFERED=1", "order.py")], "", 0, "abc\n", None),
    ("buffered", ["-c", INNER % ("unset PYTHONUNBUFFERED", "order.py")], "", 0, "bac\n", None),
    ("no standard input", ["-c", INNER % ("exec <&-", "streams.py")], "", 0, "True False\n", None),
    ("digits", ["-X", "int_max_str_digits=700", "-c", "import sys; print(sys.get_int_max_str_digits())"], "", 0, "700\n", None),
    ("digits of the environment", ["-c", INNER % ("export PYTHONINTMAXSTRDIGITS=800", "digits.py")], "", 0, "800\n", None),
    ("optimized by the environment", ["-c", INNER % ("export PYTHONOPTIMIZE=1", "asserts.py")], "", 0, "False\n", None),
    ("bad filter of warnings", ["-W", "nonsense", "-c", ""], "", 0, "", r"^Invalid -W option ignored: invalid action: 'nonsense'\n$"),
    ("warning as an error", ["-W", "error", "warns.py"], "", 1, "", r'\):\n  File ".*warns.py", line 2, in <module>\n'
     r"    warnings.warn\('told'\)\nUserWarning: told\n$"),
    ("a program warns", ["literal.py"], "", 0, "", r"SyntaxWarning"),
    ("a program warns again", ["literal.py"], "", 0, "", r"SyntaxWarning"),
    ("memory limit", ["--max-memory", "64M", "-c", "try:\n x = []\n while True: x.append([0] * 1000)\n"
                      "except MemoryError:\n x = None\n print('caught')"], "", 0, "caught\n", None),
]


def problem(lisle, folder, case):
    _, arguments, stdin, status, stdout, error = case
    environment = dict(os.environ, LC_ALL="C.UTF-8", XDG_CACHE_HOME=os.path.join(folder, "cache"))
    try:
        result = subprocess.run([lisle, *arguments], input=stdin.encode(), capture_output=True, timeout=30,
                                cwd=folder, env=environment)
    except subprocess.TimeoutExpired:
        return "still running after 30 s"
    out, err = result.stdout.decode("utf-8", "replace"), result.stderr.decode("utf-8", "replace")
    shown = f"\nstdout: {out[:500]!r}\nstderr: {err[-500:]!r}"
    if result.returncode != status:
        return f"status {result.returncode}, expected {status}" + shown
    if not (stdout.fullmatch(out) if isinstance(stdout, re.Pattern) else out == stdout):
        return "stdout" + shown
    if error is not None and not re.search(error, err):
        return "stderr" + shown
    return None


# What is typed at a prompt on a terminal: the text that is waited for, and the keys that answer it.
TYPED = [
    (">>> ", b"if 0: print('no')\r"),
    ("... ", b"else: print('yes', 6 * 7)\r"),
    ("... ", b"\r"),
    ("yes 42", b""),
    (">>> ", b"numbers = [\r"),
    ("... ", b"1,\r"),
    ("... ", b"\r"),
    ("... ", b"20]; sum(numbers) * 2\r"),
    ("42", b""),
    (">>> ", b"unfinished"),
    ("unfinished", b"\x03"),
    ("KeyboardInterrupt", b""),
    (">>> ", b"def f(x):\r"),
    ("... ", b"\x03"),
    ("KeyboardInterrupt", b""),
    (">>> ", b"while True: pass\r"),
    ("... ", b"\r"),
    ("\n", b"\x03"),
    ("KeyboardInterrupt", b""),
    (">>> ", b"'still ' + 'there'\r"),
    ("'still there'", b""),
    (">>> ", b"\x04"),
]


def typing_problem(lisle, folder):
    """Types TYPED into a prompt on a pseudo terminal."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm", HOME=folder, XDG_STATE_HOME=folder)
        os.execv(lisle, [lisle])
    seen, at, end = "", 0, time.monotonic() + 60
    try:
        for text, keys in TYPED:
            while text not in seen[at:]:
                if not select.select([terminal], [], [], max(0, end - time.monotonic()))[0]:
                    return f"waits for {text!r} in vain: {seen[at:]!r}"
                try:
                    seen += os.read(terminal, 4096).decode("utf-8", "replace")
                except OSError:
                    return f"ended before {text!r}: {seen[at:]!r}"
            at = seen.index(text, at) + len(text)
            if keys == b"\x03":
                time.sleep(0.3)  # what is interrupted has begun
            os.write(terminal, keys)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        child = 0
        return f"status {status}" if status else None
    finally:
        if child:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        os.close(terminal)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lisle", default=os.path.join(ROOT, "build", "lisle"))
    options = parser.parse_args()
    lisle = os.path.abspath(options.lisle)
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, content in FILES.items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content if isinstance(content, bytes) else content.encode())
        for case in CASES:
            text = problem(lisle, folder, case)
            if text:
                failed += 1
                print(f"FAIL {case[0]}: {text}".replace("\n", "\n    "))
        text = typing_problem(lisle, folder)
        if text:
            failed += 1
            print(f"FAIL prompt: {text}")
    print(f"{len(CASES) + 1 - failed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
