t = (1, "a", 2.5)
print(t, (), (1,), 1, t[0], t[-1], t[1:], len(t), t + (3,), t * 2, "a" in t, t.index("a"), t.count(1))
print(tuple([1, 2]), tuple("ab"), t == (1, "a", 2.5), (1, 2) < (1, 3), hash((1, 2)) == hash((1, 2)), {(1, 2): 3}[1, 2])
for f in (lambda: t[5], lambda: t.index(9), lambda: hash(([],)), lambda: t.x):
    try:
        f()
    except (IndexError, ValueError, TypeError, AttributeError) as error:
        print(error)
try:
    t[0] = 1
except TypeError as error:
    print(error)
