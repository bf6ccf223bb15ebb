#!/usr/bin/env python3
"""Enforces the layer table of docs/architecture.md on every source file.

A file may include headers of its own layer and of the layers its layer is
allowed to see; ANTLR is known in grammar/ alone, LLVM in jit/ alone; no file
is over 900 lines; nothing holds mutable state outside a Runtime. Prints one
line a violation and closes with "N passed, N failed" (N files).
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MAX_LINES = 900

# Layer: folder prefix, longest first wins; the prefixes it may include.
LAYERS = {
    "runtime/support": [],
    "runtime": ["runtime/support"],
    "grammar": ["runtime/support"],
    "vm/bytecode": ["runtime", "runtime/support"],
    "vm/compiler": ["vm/bytecode", "runtime", "runtime/support", "grammar"],
    "vm/interp": ["vm/bytecode", "runtime", "runtime/support"],
    "jit": ["vm/interp", "vm/bytecode", "runtime", "runtime/support"],
    "vm": ["vm/interp", "vm/compiler", "vm/bytecode", "runtime", "runtime/support", "grammar",
           "include/lisle"],
    "cli": ["include/lisle"],
    "include/lisle": [],
    # A part that is linked alone is driven through its own headers.
    "tests/link": ["include/lisle", "runtime", "runtime/support", "vm/interp", "vm/bytecode"],
}
PREFIXES = sorted(LAYERS, key=len, reverse=True)
FOLDERS = ["include", "runtime", "grammar", "vm", "jit", "cli", "tests"]
# Third-party headers that one layer alone may know.
OWNED_HEADERS = {"antlr4": "grammar", "Lexer.h": "grammar", "Parser.h": "grammar",
                 "llvm": "jit", "CLI": "cli"}
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')
# A definition with static storage that is not constant. Function declarations
# have a parenthesis before any = or ; and are not meant.
STATIC = re.compile(r"^\s*(?:static|thread_local|inline\s+thread_local|static\s+thread_local)\s+"
                    r"(?!constexpr|const\b|inline\s+const|constinit\s+const|_?assert)([^(;={]*)([(;={])")


def layer_of(path):
    for prefix in PREFIXES:
        if path.startswith(prefix + "/"):
            return prefix
    return None


def check_include(path, layer, bracket, header):
    """The reason why this include is a violation, or None."""
    for word, owner in OWNED_HEADERS.items():
        first = header.split("/")[0]
        known = (first == word or first.startswith(word + "-") or
                 (word.endswith(".h") and "/" not in header and header.endswith(word)))
        if known and layer != owner:
            return f"{header} belongs to {owner}/ alone"
    if header.startswith("lisle/"):
        target = "include/lisle"
    elif bracket == '"':
        target = layer_of(header)
        if target is None and "/" in header:
            return f"{header} is not named by its place in the tree"
    else:
        return None
    if target is None or target == layer or target in LAYERS[layer]:
        return None
    return f"{layer}/ must not see {header}"


def check_file(path):
    problems = []
    layer = layer_of(path)
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        lines = file.read().split("\n")
    if len(lines) - 1 > MAX_LINES:
        problems.append(f"{path}:1: {len(lines) - 1} lines, at most {MAX_LINES}")
    if layer is None or not path.endswith((".h", ".cpp", ".def")):
        return problems
    for number, line in enumerate(lines, 1):
        include = INCLUDE.match(line)
        if include:
            reason = check_include(path, layer, include[1], include[2])
            if reason:
                problems.append(f"{path}:{number}: {reason}")
            continue
        static = STATIC.match(line)
        if static and static[2] != "(" and " const " not in f" {static[1]} " and not path.startswith("tests/"):
            if "constexpr" not in static[1] and "* const" not in static[1]:
                problems.append(f"{path}:{number}: mutable static state: {line.strip()}")
    return problems


def main():
    passed = failed = 0
    for folder in FOLDERS:
        for base, _, names in sorted(os.walk(os.path.join(ROOT, folder))):
            for name in sorted(names):
                if not name.endswith((".h", ".cpp", ".def", ".g4", ".cmake")):
                    continue
                problems = check_file(os.path.relpath(os.path.join(base, name), ROOT))
                for problem in problems:
                    print(problem)
                failed += bool(problems)
                passed += not problems
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
