f = frozenset([1, 2])
print(hash(f) == hash(frozenset([2, 1])), {f: "key"}[frozenset((2, 1))], f | {3}, {3} | f, type(f | {3}).__name__, type({3} | f).__name__)
print(f == {1, 2}, {f} == {frozenset({1, 2})}, f.copy() is f, frozenset(f) is f)
try:
    f.add(3)
except AttributeError as error:
    print(error)
