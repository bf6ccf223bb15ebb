# The module dis lists Lisle's own instructions.
# expect: 0 True
# expect: ['g', 'ValueError']
# expect: ['none']
# expect: [1, 2, 4, 5, 6, 7]
# expect: True True
# expect: True
# expect: 2 True
# expect: 1 True True
# expect: Name:              f Argument count:    1
# expect: OPTIMIZED, NEWLOCALS
# expect: True
# expect: don't know how to disassemble int objects
import contextlib
import dis
import io


def f(x):
    total = 0
    for item in x:
        try:
            total += g(item, key=3)
        except ValueError:
            return "none"
    return total


rows = list(dis.get_instructions(f))
print(rows[0].offset, all(isinstance(row, dis.Instruction) for row in rows))
print([row.argval for row in rows if row.opname == "LoadGlobal"])
print([row.argval for row in rows if row.opname == "LoadConst"])
print(sorted({row.starts_line - f.__code__.co_firstlineno for row in rows if row.starts_line}))
targets = {row.offset for row in rows if row.is_jump_target}
print({row.argval for row in rows if row.argrepr.startswith("to ")} <= targets, bool(targets))
print(dis.findlabels(f.__code__) == dis.findlabels(f.__code__.co_code))
text = io.StringIO()
dis.dis(f, file=text)
print(text.getvalue().count("LoadGlobal"), "ExceptionTable:" in text.getvalue())
try:
    f([1])
except NameError as e:
    marked = [line for line in dis.Bytecode.from_traceback(e.__traceback__).dis().splitlines() if "-->" in line]
print(len(marked), "LoadGlobal" in marked[0], "(g)" in marked[0])
print(dis.code_info(f).splitlines()[0], dis.code_info(f).splitlines()[2])
print(dis.pretty_flags(f.__code__.co_flags))
with contextlib.redirect_stdout(text):
    dis.dis("x = 1")
    dis.dis(type("A", (), {"m": f}))
print("Disassembly of m:" in text.getvalue())
try:
    dis.dis(1)
except TypeError as e:
    print(e)
