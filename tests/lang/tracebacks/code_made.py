# Code objects made by the program: copies with other fields, and by calling their class.
import types


def f(a, b=2, *c, d):
    "doc"
    x = a + b

    def inner():
        return x + d + 7
    return inner()


def fields(code):
    return [getattr(code, "co_" + name) for name in (
        "argcount posonlyargcount kwonlyargcount nlocals stacksize flags code consts names varnames filename name "
        "qualname firstlineno linetable exceptiontable freevars cellvars").split()]


code = f.__code__
made = types.CodeType(*fields(code))
print(made == code, hash(made) == hash(code), made is code, made != code)
print(types.FunctionType(made, globals(), "g", (20,))(1, d=5))
print(list(made.co_lines()) == list(code.co_lines()), list(made.co_positions()) == list(code.co_positions()))


def words():
    return ["old", len("old")]


old = words.__code__
words.__code__ = old.replace(co_consts=tuple("new!" if c == "old" else c for c in old.co_consts), co_name="other",
                             co_filename="elsewhere", co_firstlineno=7)
print(words(), words.__code__.co_name, words.__code__.co_filename, words.__code__.co_firstlineno, old == words.__code__)


def parameter(first, second):
    return locals()


parameter.__code__ = parameter.__code__.replace(co_varnames=("left", "right"))
print(parameter(1, right=2))
print(old.replace() == old, old == 1, old != None)
print(list(old.replace(co_linetable=b"").co_lines()))
print(f.__code__.co_consts[0], 7 in code.co_consts[1].co_consts or any(7 in c.co_consts for c in code.co_consts if hasattr(c, "co_consts")))
print((lambda: -1).__code__.co_consts[:1], 5 in (lambda x: x < 5).__code__.co_consts, True in (lambda: True).__code__.co_consts)
for wrong in ({"co_nlocals": 9}, {"co_varnames": ("a",)}):
    try:
        code.replace(**wrong)
    except ValueError as e:
        print("ValueError")
for wrong in ({"co_name": 1}, {"co_consts": []}, {"co_nothing": 1}):
    try:
        code.replace(**wrong)
    except TypeError as e:
        print("TypeError")
