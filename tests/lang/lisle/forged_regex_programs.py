# Bytes that claim to be the program of a regular expression are refused or run, whatever they hold.
import random
import re._compiler as compiler
import re._parser as parser
import struct

import _sre_core


def program(pattern):
    tree = parser.parse(pattern)
    return _sre_core.compile(compiler._code(tree, 0), tree.state.groups - 1)


random.seed(3)
programs = [program(p) for p in (r"(a|b)*c[x-z]\w+(?=q)", r"(?>a+)b|(?<!x)y(?:ab){2,3}?", r"(a)?(?(1)b|c)[^\d\s]*\b")]
small = (0, 1, 2, 3, 5, 7, 11, 20, 33, 0xFFFFFFFF)
outcomes = set()
for _ in range(150):
    forged = bytearray(random.choice(programs))
    at = random.randrange(len(forged) // 4) * 4
    word, = struct.unpack_from("<I", forged, at)
    struct.pack_into("<I", forged, at, random.choice(small + (word ^ 1 << random.randrange(32),)))
    try:
        found = _sre_core.match(bytes(forged), "abcabxyyq abab", 0, 14, random.randrange(3), False)
        outcomes.add("ran" if found is None or isinstance(found, tuple) else found)
    except (TypeError, MemoryError) as e:
        outcomes.add(type(e).__name__)
print(sorted(outcomes - {"MemoryError"}))
