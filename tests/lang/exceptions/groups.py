try:
    raise ExceptionGroup("many", [ValueError("a"), TypeError("b"), ExceptionGroup("inner", [ValueError("c")])])
except* ValueError as g:
    print("values", [repr(e) for e in g.exceptions])
except* TypeError as g:
    print("types", g.exceptions)
try:
    try:
        raise ExceptionGroup("g", [KeyError(1), OSError(2)])
    except* KeyError:
        print("key")
except ExceptionGroup as rest:
    print(rest, rest.exceptions)
try:
    raise ValueError("plain")
except* ValueError as g:
    print(repr(g))
eg = ExceptionGroup("s", [ValueError(1), TypeError(2)])
print(eg.split(ValueError), eg.subgroup(TypeError), eg.message)
