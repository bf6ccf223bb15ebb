def f(a: int, b: "str" = "x") -> float:
    """Docstring."""
f.tag = 5
print(f.__name__, f.__qualname__, f.__doc__, f.__annotations__, f.tag, f.__dict__, f.__module__, f.__defaults__)
def outer():
    def inner(): pass
    return inner
print(outer().__qualname__, (lambda: 0).__name__, f.__code__.co_varnames, f.__code__.co_argcount)
f.__name__ = "renamed"
print(f.__name__)
try:
    f.missing
except AttributeError as error:
    print(error)
