"""Listings of Lisle's instructions, by the names of CPython's module of that name.

Offsets count two for each word of the instructions, as f_lasti, tb_lasti and co_lines() do. An instruction
works on registers: its operands are written as `lisle --dump=bytecode` writes them, and argval is what they
mean, where they mean something: a name, a constant, the offset of a jump."""
import collections
import io
import sys
import types

from opcode import *
from opcode import __all__ as _opcodes_all

__all__ = ["code_info", "dis", "disassemble", "distb", "disco", "findlinestarts", "findlabels", "show_code",
           "get_instructions", "Instruction", "Bytecode"] + _opcodes_all
del _opcodes_all

_have_code = (types.MethodType, types.FunctionType, types.CodeType, classmethod, staticmethod, type)

COMPILER_FLAG_NAMES = {
    1: "OPTIMIZED", 2: "NEWLOCALS", 4: "VARARGS", 8: "VARKEYWORDS", 16: "NESTED", 32: "GENERATOR",
    64: "NOFREE", 128: "COROUTINE", 256: "ITERABLE_COROUTINE", 512: "ASYNC_GENERATOR"}

Positions = collections.namedtuple(
    'Positions', ['lineno', 'end_lineno', 'col_offset', 'end_col_offset'], defaults=[None] * 4)

_Instruction = collections.namedtuple(
    "_Instruction",
    ['opname', 'opcode', 'arg', 'argval', 'argrepr', 'offset', 'starts_line', 'is_jump_target', 'positions'],
    defaults=[None])


class Instruction(_Instruction):
    """One instruction: opname, opcode, arg (its operands as text), argval (what they mean), argrepr (that as
    text), offset, starts_line (a line number or None), is_jump_target, positions."""

    def _disassemble(self, lineno_width=3, mark_as_current=False, offset_width=4):
        line = "" if self.starts_line is None else str(self.starts_line)
        fields = [line.rjust(lineno_width)] if lineno_width else []
        fields.append("-->" if mark_as_current else "   ")
        fields.append(">>" if self.is_jump_target else "  ")
        fields.append(repr(self.offset).rjust(offset_width))
        fields.append(self.opname.ljust(18))
        fields.append(self.arg.ljust(14))
        if self.argrepr:
            fields.append("(" + self.argrepr + ")")
        return " ".join(fields).rstrip()


def _try_compile(source, name):
    try:
        return compile(source, name, 'eval')
    except SyntaxError:
        return compile(source, name, 'exec')


def _get_code_object(x):
    """The code object of a function, class member, generator, frame owner, or source text."""
    for attribute in ('__func__', '__code__', 'gi_code', 'ag_code', 'cr_code'):
        x = getattr(x, attribute, x)
    if isinstance(x, str):
        x = _try_compile(x, "<disassembly>")
    if hasattr(x, 'co_code'):
        return x
    raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")


def pretty_flags(flags):
    """The names of a code object's flags."""
    names = []
    for bit in range(32):
        flag = 1 << bit
        if flags & flag:
            names.append(COMPILER_FLAG_NAMES.get(flag, hex(flag)))
            flags ^= flag
        if not flags:
            break
    else:
        names.append(hex(flags))
    return ", ".join(names)


def code_info(x):
    """What there is to say of methods, functions, or code."""
    return _format_code_info(_get_code_object(x))


def _format_code_info(co):
    lines = [f"{label + ': ':<19}{value}" for label, value in (
        ("Name", co.co_name), ("Filename", co.co_filename), ("Argument count", co.co_argcount),
        ("Positional-only arguments", co.co_posonlyargcount), ("Kw-only arguments", co.co_kwonlyargcount),
        ("Number of locals", co.co_nlocals), ("Stack size", co.co_stacksize),
        ("Flags", pretty_flags(co.co_flags)))]
    if co.co_consts:
        lines.append("Constants:")
        lines += ["%4d: %r" % item for item in enumerate(co.co_consts)]
    for title, names in (("Names", co.co_names), ("Variable names", co.co_varnames),
                         ("Free variables", co.co_freevars), ("Cell variables", co.co_cellvars)):
        if names:
            lines.append(title + ":")
            lines += ["%4d: %s" % item for item in enumerate(names)]
    return "\n".join(lines)


def show_code(co, *, file=None):
    """Print what there is to say of methods, functions, or code."""
    print(code_info(co), file=file)


def findlinestarts(code):
    """Pairs of an offset and the line that starts there."""
    last = None
    for start, _, line in code.co_lines():
        if line is not None and line != last:
            last = line
            yield start, line


def findlabels(code):
    """Offsets that are jumped to. `code` is what co_code holds, or a code object."""
    if isinstance(code, bytes):
        code = _code_of_bytes(code)
    return sorted({row[5] * 2 for row in code._instructions() if row[5] is not None})


def _code_of_bytes(code):
    return (lambda: None).__code__.replace(co_code=code)


def _parse_exception_table(code):
    Entry = collections.namedtuple("_ExceptionTableEntry", "start end target depth lasti")
    numbers = iter(code.co_exceptiontable)

    def number():
        byte = next(numbers)
        value = byte & 63
        while byte & 64:
            byte = next(numbers)
            value = value << 6 | byte & 63
        return value

    entries = []
    try:
        while True:
            start, length, target, depth = number(), number(), number(), number()
            entries.append(Entry(start * 2, (start + length) * 2, target * 2, depth >> 1, bool(depth & 1)))
    except StopIteration:
        return entries


def _meaning(code, name, operands, meaning, target):
    """argval and argrepr of an instruction."""
    if target is not None:
        return target * 2, f"to {target * 2}"
    if name == "LoadConst":
        index = int(operands.split()[-1]) + (code.co_flags & 2 != 0)
        value = code.co_consts[index]
        return value, repr(value)
    if name == "LoadInt":
        return int(operands.split()[-1]), ""
    if name == "LoadImmediate":
        return {"None": None, "True": True, "False": False}.get(meaning, meaning), meaning
    return meaning or operands or None, meaning


def _instructions(code, line_offset=0):
    lines = dict(findlinestarts(code))
    positions = list(code.co_positions())
    rows = code._instructions()
    handlers = {entry.target for entry in _parse_exception_table(code)}
    labels = {row[5] * 2 for row in rows if row[5] is not None} | handlers
    for at, number, name, operands, meaning, target in rows:
        offset = at * 2
        line = lines.get(offset)
        argval, argrepr = _meaning(code, name, operands, meaning, target)
        yield Instruction(name, number, operands, argval, argrepr, offset,
                          None if line is None else line + line_offset, offset in labels,
                          Positions(*positions[at]))


def get_instructions(x, *, first_line=None, show_caches=False, adaptive=False):
    """Iterator of the instructions of methods, functions, generators, source text, or code."""
    co = _get_code_object(x)
    return _instructions(co, 0 if first_line is None else first_line - co.co_firstlineno)


def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False):
    """Print the instructions of a class, method, function, generator, module, source text, or code; without
    argument those of the last traceback."""
    if x is None:
        distb(file=file)
        return
    for attribute in ('__func__', '__code__', 'gi_code', 'ag_code', 'cr_code'):
        x = getattr(x, attribute, x)
    if hasattr(x, '__dict__') and not hasattr(x, 'co_code'):
        for name, member in sorted(x.__dict__.items()):
            if isinstance(member, _have_code):
                print("Disassembly of %s:" % name, file=file)
                try:
                    dis(member, file=file, depth=depth)
                except TypeError as problem:
                    print("Sorry:", problem, file=file)
                print(file=file)
    elif hasattr(x, 'co_code'):
        _disassemble_recursive(x, file=file, depth=depth)
    elif isinstance(x, (bytes, bytearray)):
        disassemble(_code_of_bytes(bytes(x)), file=file)
    elif isinstance(x, str):
        _disassemble_recursive(_try_compile(x, '<dis>'), file=file, depth=depth)
    else:
        raise TypeError("don't know how to disassemble %s objects" % type(x).__name__)


def distb(tb=None, *, file=None, show_caches=False, adaptive=False):
    """Print the instructions where a traceback ends, the last one by default."""
    if tb is None:
        try:
            tb = sys.last_traceback
        except AttributeError:
            raise RuntimeError("no last traceback to disassemble") from None
        while tb.tb_next:
            tb = tb.tb_next
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file)


def disassemble(co, lasti=-1, *, file=None, show_caches=False, adaptive=False):
    """Print the instructions of a code object; the one at `lasti` is marked."""
    _print_instructions(co, lasti, file)


disco = disassemble


def _print_instructions(co, lasti, file, line_offset=0):
    lines = [line + line_offset for _, line in findlinestarts(co)]
    line_width = max(3, len(str(max(lines)))) if lines else 0
    offset_width = 4
    for instruction in _instructions(co, line_offset):
        offset_width = max(offset_width, len(str(instruction.offset)))
        if instruction.starts_line is not None and instruction.offset > 0:
            print(file=file)
        print(instruction._disassemble(line_width, instruction.offset == lasti, offset_width), file=file)
    entries = _parse_exception_table(co)
    if entries:
        print("ExceptionTable:", file=file)
        for e in entries:
            print(f"  {e.start} to {e.end - 2} -> {e.target} [r{e.depth}]", file=file)


def _disassemble_recursive(co, *, file=None, depth=None):
    disassemble(co, file=file)
    if depth is None or depth > 0:
        for x in co.co_consts:
            if hasattr(x, 'co_code'):
                print(file=file)
                print("Disassembly of %r:" % (x,), file=file)
                _disassemble_recursive(x, file=file, depth=None if depth is None else depth - 1)


class Bytecode:
    """The instructions of a function, method, source text, or code object; iteration yields them."""

    def __init__(self, x, *, first_line=None, current_offset=None, show_caches=False, adaptive=False):
        self.codeobj = co = _get_code_object(x)
        self.first_line = co.co_firstlineno if first_line is None else first_line
        self._line_offset = self.first_line - co.co_firstlineno
        self._original_object = x
        self.current_offset = current_offset

    def __iter__(self):
        return _instructions(self.codeobj, self._line_offset)

    def __repr__(self):
        return "{}({!r})".format(self.__class__.__name__, self._original_object)

    @classmethod
    def from_traceback(cls, tb, *, show_caches=False, adaptive=False):
        """The code where a traceback ends, with its instruction marked."""
        while tb.tb_next:
            tb = tb.tb_next
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti)

    def info(self):
        """What there is to say of the code object."""
        return _format_code_info(self.codeobj)

    def dis(self):
        """The listing as text."""
        text = io.StringIO()
        current = -1 if self.current_offset is None else self.current_offset
        _print_instructions(self.codeobj, current, text, self._line_offset)
        return text.getvalue()


def _test():
    """`python -m dis FILE`: a listing of a file or of standard input."""
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument('infile', type=argparse.FileType('rb'), nargs='?', default='-')
    arguments = parser.parse_args()
    with arguments.infile as infile:
        source = infile.read()
    dis(compile(source, arguments.infile.name, "exec"))


if __name__ == "__main__":
    _test()
