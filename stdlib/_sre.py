"""Patterns and matches; the matching itself is native (_sre_core), the compiler is the library's own."""
import _sre_core as _core
from _sre_core import (CODESIZE, MAGIC, MAXGROUPS, MAXREPEAT, ascii_iscased, ascii_tolower, unicode_iscased,
                       unicode_tolower)
from types import GenericAlias as _GenericAlias, MappingProxyType as _MappingProxy
import sys as _sys

copyright = ' SRE 2.2.2 '
_MATCH, _FULLMATCH, _SEARCH = 0, 1, 2
_run = _core.match


def getcodesize():
    return CODESIZE


def compile(pattern, flags, code, groups, groupindex, indexgroup):
    """A Pattern of what the library's compiler has made."""
    self = object.__new__(Pattern)
    self.pattern = pattern
    self.flags = flags
    self.groups = groups
    self.groupindex = _MappingProxy(groupindex)
    self._names = indexgroup
    self._program = _core.compile([int(word) for word in code], groups)
    self._is_bytes = pattern is not None and not isinstance(pattern, str)
    return self


def template(pattern, flags, *rest):
    return compile(pattern, flags, *rest)


class Pattern:
    """Compiled regular expression object."""

    __slots__ = ('pattern', 'flags', 'groups', 'groupindex', '_names', '_program', '_is_bytes', '__weakref__')
    __class_getitem__ = classmethod(_GenericAlias)

    def __init__(self):
        raise TypeError("cannot create 're.Pattern' instances")

    def _check(self, string):
        if self.pattern is None:
            return
        if self._is_bytes:
            if isinstance(string, str):
                raise TypeError('cannot use a bytes pattern on a string-like object')
        elif not isinstance(string, str):
            if isinstance(string, (bytes, bytearray, memoryview)):
                raise TypeError('cannot use a string pattern on a bytes-like object')
            raise TypeError(f"expected string or bytes-like object, got '{type(string).__name__}'")

    def _match(self, string, pos, endpos, mode):
        self._check(string)
        if pos:
            pos = _within(string, pos)
        spans = _run(self._program, string, pos, endpos, mode, False)
        return None if spans is None else _new_match(self, string, pos, endpos, spans)

    def match(self, string, pos=0, endpos=_sys.maxsize):
        """Matches zero or more characters at the beginning of the string."""
        return self._match(string, pos, endpos, _MATCH)

    def fullmatch(self, string, pos=0, endpos=_sys.maxsize):
        """Matches against all of the string."""
        return self._match(string, pos, endpos, _FULLMATCH)

    def search(self, string, pos=0, endpos=_sys.maxsize):
        """Scan through string looking for a match, and return a corresponding match object instance."""
        return self._match(string, pos, endpos, _SEARCH)

    def _spans(self, string, pos, endpos):
        """The matches from left to right, as tuples of positions."""
        program = self._program
        must_advance = False
        while True:
            spans = _run(program, string, pos, endpos, _SEARCH, must_advance)
            if spans is None:
                return
            yield spans
            pos = spans[2]
            must_advance = spans[1] == pos

    def finditer(self, string, pos=0, endpos=_sys.maxsize):
        """Return an iterator over all non-overlapping matches for the RE pattern in string."""
        self._check(string)
        return self._finditer(string, _within(string, pos), endpos)

    def _finditer(self, string, pos, endpos):
        for spans in self._spans(string, pos, endpos):
            yield _new_match(self, string, pos, endpos, spans)

    def findall(self, string, pos=0, endpos=_sys.maxsize):
        """Return a list of all non-overlapping matches of pattern in string."""
        self._check(string)
        pos = _within(string, pos)
        if self.groups == 0:
            return [_slice(string, spans[1], spans[2]) for spans in self._spans(string, pos, endpos)]
        empty = string[:0]
        if self.groups == 1:
            return [_slice(string, spans[3], spans[4]) if spans[3] >= 0 else empty
                    for spans in self._spans(string, pos, endpos)]
        places = range(3, 3 + 2 * self.groups, 2)
        return [tuple([_slice(string, spans[i], spans[i + 1]) if spans[i] >= 0 else empty for i in places])
                for spans in self._spans(string, pos, endpos)]

    def split(self, string, maxsplit=0):
        """Split string by the occurrences of pattern."""
        self._check(string)
        result = []
        last = 0
        for spans in self._spans(string, 0, _sys.maxsize):
            result.append(_slice(string, last, spans[1]))
            for i in range(3, 3 + 2 * self.groups, 2):
                result.append(_slice(string, spans[i], spans[i + 1]) if spans[i] >= 0 else None)
            last = spans[2]
            maxsplit -= 1
            if maxsplit == 0:
                break
        result.append(_slice(string, last, len(string)))
        return result

    def sub(self, repl, string, count=0):
        """Return the string obtained by replacing the leftmost non-overlapping occurrences of pattern by repl."""
        return self._subn(repl, string, count)[0]

    def subn(self, repl, string, count=0):
        """Return the tuple (new_string, number_of_subs_made)."""
        return self._subn(repl, string, count)

    def _subn(self, repl, string, count):
        self._check(string)
        text = repl
        call = callable(repl)
        if not call and (b'\\' if isinstance(repl, (bytes, bytearray)) else '\\') in repl:
            import re
            text = re._subx(self, repl)
            call = callable(text)
        pieces = []
        last = made = 0
        for spans in self._spans(string, 0, _sys.maxsize):
            if last < spans[1]:
                pieces.append(_slice(string, last, spans[1]))
            last = spans[2]
            made += 1
            if call:
                piece = text(_new_match(self, string, 0, _sys.maxsize, spans))
                if piece is not None:
                    pieces.append(piece)
            else:
                pieces.append(text)
            if made == count:
                break
        if not made:
            return (string, 0) if type(string) in (str, bytes) else (_slice(string, 0, len(string)), 0)
        pieces.append(_slice(string, last, len(string)))
        return (_slice(string, 0, 0)).join(pieces), made

    def scanner(self, string, pos=0, endpos=_sys.maxsize):
        self._check(string)
        return SRE_Scanner(self, string, _within(string, pos), endpos)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __hash__(self):
        return hash((self.pattern, self.flags))

    def __eq__(self, other):
        if not isinstance(other, Pattern):
            return NotImplemented
        return (self.flags == other.flags and self.pattern == other.pattern
                and self._is_bytes == other._is_bytes and self._program == other._program)

    def __repr__(self):
        text = repr(self.pattern)
        if len(text) > 200:
            text = text[:200]
        flags = self.flags
        if not self._is_bytes and flags & (32 | 256 | 4) == 32:
            flags &= ~32
        names = []
        for name, bit in (('re.TEMPLATE', 1), ('re.IGNORECASE', 2), ('re.LOCALE', 4), ('re.MULTILINE', 8),
                          ('re.DOTALL', 16), ('re.UNICODE', 32), ('re.VERBOSE', 64), ('re.DEBUG', 128),
                          ('re.ASCII', 256)):
            if flags & bit:
                names.append(name)
                flags &= ~bit
        if flags:
            names.append(hex(flags))
        return f're.compile({text}{", " if names else ""}{"|".join(names)})'


Pattern.__module__ = 're'


def _within(string, pos):
    """A place in the string, the nearest one to `pos`."""
    return max(0, min(pos, len(string)))


def _slice(string, start, end):
    if type(string) is str or type(string) is bytes:
        return string[start:end]
    return str(string)[start:end] if isinstance(string, str) else bytes(string[start:end])


def _new_match(pattern, string, pos, endpos, spans):
    self = object.__new__(Match)
    self.re = pattern
    self.string = string
    self.pos = pos
    self.endpos = endpos if endpos <= len(string) else len(string)
    self._spans = spans
    return self


class Match:
    """The result of re.match() and re.search(). Match objects always have a boolean value of True."""

    __slots__ = ('re', 'string', 'pos', 'endpos', '_spans')
    __class_getitem__ = classmethod(_GenericAlias)

    def __init__(self):
        raise TypeError("cannot create 're.Match' instances")

    @property
    def lastindex(self):
        """The integer index of the last matched capturing group."""
        return self._spans[0]

    @property
    def lastgroup(self):
        """The name of the last matched capturing group."""
        last = self._spans[0]
        names = self.re._names
        return names[last] if last is not None and last < len(names) else None

    @property
    def regs(self):
        spans = self._spans
        return tuple([(spans[i], spans[i + 1]) for i in range(1, len(spans), 2)])

    def _place(self, group):
        if isinstance(group, int):
            index = group
        elif hasattr(type(group), '__index__'):
            index = group.__index__()
        else:
            try:
                index = self.re.groupindex.get(group, -1)
            except TypeError:
                index = -1
        if not 0 <= index <= self.re.groups:
            raise IndexError('no such group')
        return 1 + 2 * index

    def _text(self, group, default=None):
        at = self._place(group)
        start = self._spans[at]
        return default if start < 0 else _slice(self.string, start, self._spans[at + 1])

    def group(self, /, *groups):
        """Returns one or more subgroups of the match. For 0 the entire match."""
        if not groups:
            return _slice(self.string, self._spans[1], self._spans[2])
        if len(groups) == 1:
            return self._text(groups[0])
        return tuple([self._text(group) for group in groups])

    def __getitem__(self, group):
        return self._text(group)

    def groups(self, default=None):
        """Return a tuple containing all the subgroups of the match, from 1."""
        return tuple([self._text(i, default) for i in range(1, self.re.groups + 1)])

    def groupdict(self, default=None):
        """Return a dictionary containing all the named subgroups of the match, keyed by the subgroup name."""
        return {name: self._text(index, default) for name, index in self.re.groupindex.items()}

    def start(self, group=0, /):
        """Return index of the start of the substring matched by group."""
        return self._spans[self._place(group)]

    def end(self, group=0, /):
        """Return index of the end of the substring matched by group."""
        return self._spans[self._place(group) + 1]

    def span(self, group=0, /):
        """For match object m, return the 2-tuple (m.start(group), m.end(group))."""
        at = self._place(group)
        return self._spans[at], self._spans[at + 1]

    def expand(self, template):
        """Return the string obtained by doing backslash substitution on the string template, as done by sub()."""
        import re
        return re._expand(self.re, self, template)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __repr__(self):
        return f'<re.Match object; span=({self._spans[1]}, {self._spans[2]}), match={self.group()!r}>'


Match.__module__ = 're'


class SRE_Scanner:
    """Matches one after the other."""

    def __init__(self, pattern, string, pos, endpos):
        self.pattern = pattern
        self._string = string
        self._start = self._pos = pos
        self._endpos = endpos
        self._must_advance = False

    def _next(self, mode):
        if self._pos is None:
            return None
        spans = _run(self.pattern._program, self._string, self._pos, self._endpos, mode, self._must_advance)
        if spans is None:
            self._pos = None
            return None
        self._pos = spans[2]
        self._must_advance = spans[1] == spans[2]
        return _new_match(self.pattern, self._string, self._start, self._endpos, spans)

    def match(self):
        return self._next(_MATCH)

    def search(self):
        return self._next(_SEARCH)
