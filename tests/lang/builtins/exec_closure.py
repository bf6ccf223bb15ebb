# exec() with a closure, with builtins of its own, and what both refuse.
import types


def outer():
    a, b = 2, 3

    def inner():
        nonlocal result
        result = a * b

    result = 0
    return inner, lambda: result


inner, result = outer()
exec(inner.__code__, closure=inner.__closure__)
print(result())
cells = tuple(types.CellType(v) for v in (7, 8, None))
exec(inner.__code__, closure=cells)
print([c.cell_contents for c in cells])


def plain():
    pass


for arguments, closure in (((plain.__code__,), cells), ((inner.__code__,), None), ((inner.__code__,), cells[:2]),
                           ((inner.__code__,), list(cells)), (('1',), cells)):
    try:
        exec(*arguments, closure=closure)
    except TypeError as error:
        print('TypeError', error)

code = compile("print('printed')", '', 'exec')
for builtins in ({}, 123, {'print': lambda text: print('mine:', text)}):
    try:
        exec(code, {'__builtins__': builtins})
    except (NameError, TypeError) as error:
        print(type(error).__name__)
