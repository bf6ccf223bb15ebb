try:
    None.foo
except AttributeError as e:
    print(e, e.name, e.obj)
try:
    missing_name
except NameError as e:
    print(e.name)
try:
    import no_such_module_here
except ImportError as e:
    print(type(e).__name__, e, e.name)
try:
    next(iter([]))
except StopIteration as e:
    print(repr(e), e.value)
print(StopIteration(5).value, SystemExit(3).code, SystemExit().code, KeyError("x").args)
e = ValueError("x")
e.add_note("note 1")
e.extra = 5
print(e.__notes__, e.extra)
o = OSError(2, "No such file", "name")
print(o, o.errno, o.strerror, o.filename, type(o).__name__, repr(OSError("a")))
