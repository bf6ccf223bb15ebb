# modes: -gc a collection at each allocation of a large heap takes minutes
# expect: RecursionError RecursionError RecursionError
# expect: True
# expect: 4 [[[]]]
def nest(make, empty, n):
    for _ in range(n):
        empty = make(empty)
    return empty
def attempt(f):
    try:
        return f()
    except RecursionError as error:
        return type(error).__name__
lists = nest(lambda x: [x], [], 100_000)
others = nest(lambda x: [x], [], 100_000)
dicts = nest(lambda x: {1: x}, {}, 100_000)
print(attempt(lambda: repr(lists)), attempt(lambda: repr(dicts)), attempt(lambda: lists == others))
import sys
sys.setrecursionlimit(1_000_000)
print(repr(nest(lambda x: [x], [], 3000)) == "[" * 3001 + "]" * 3001)
shown = repr(nest(lambda x: [x], [], 2))
print(len(shown) - 2, shown)
