s = {3, 1, 2, 3}
print(sorted(s), len(s), 1 in s, 9 in s, set(), {1}, frozenset(), frozenset({1}), set("aab") == {"a", "b"})
s.add(4)
s.add(1)
s.discard(99)
s.remove(2)
print(sorted(s))
s.update([7, 8], (9,))
print(sorted(s), s == {1, 3, 4, 7, 8, 9}, s != {1})
for f in (lambda: s.remove(100), lambda: set().pop(), lambda: {[]}, lambda: s.add({}), lambda: hash(s)):
    try:
        f()
    except (KeyError, TypeError) as error:
        print(type(error).__name__, error)
