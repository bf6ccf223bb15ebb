#!/usr/bin/env python3
"""Checks every .cpp and .h against .clang-format; --fix rewrites them.

Always uses the formatter of Debian 12 (14), because formatters of different
ages disagree. Closes with "N passed, N failed".
"""
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDERS = ["include", "runtime", "grammar", "vm", "jit", "cli", "tests"]


def sources():
    for folder in FOLDERS:
        for base, _, names in os.walk(os.path.join(ROOT, folder)):
            for name in names:
                if name.endswith((".cpp", ".h")):
                    yield os.path.join(base, name)


def main():
    tool = shutil.which("clang-format-14") or shutil.which("clang-format")
    files = sorted(sources())
    if "--fix" in sys.argv[1:]:
        return subprocess.run([tool, "-i", *files]).returncode
    bad = set()
    for start in range(0, len(files), 40):
        result = subprocess.run([tool, "--dry-run", *files[start:start + 40]],
                                stderr=subprocess.PIPE, text=True)
        for line in result.stderr.splitlines():
            if "[-Wclang-format-violations]" in line and not line.split(":")[0] in bad:
                bad.add(line.split(":")[0])
                print(os.path.relpath(line.split(":")[0], ROOT) + ":" + line.split(":")[1])
    print(f"{len(files) - len(bad)} passed, {len(bad)} failed")
    return len(bad) != 0


if __name__ == "__main__":
    sys.exit(main())
