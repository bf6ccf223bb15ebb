print(repr("a\n"), ascii("é"), repr(1.0), repr([None, ...]), repr(b"x"), repr({1: {2}}), repr(range(3)), repr(slice(1)))
print(hash("a") == hash("a"), hash(1) == hash(True), hash(None) == hash(None), hash((1, "a")) == hash((1, "a")), callable(1))
for v in ([], {}, set(), [1], ([],)):
    try:
        hash(v)
    except TypeError as e:
        print(e)
