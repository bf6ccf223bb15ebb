def bad(x):
    raise LookupError(f"from callback {x}")
class It:
    def __iter__(self): return self
    def __next__(self): raise LookupError("from next")
class Eq:
    def __eq__(self, o): raise LookupError("from eq")
    def __hash__(self): return 1
class Rep:
    def __repr__(self): raise LookupError("from repr")
for f in (lambda: sorted([1], key=bad), lambda: list(map(bad, [1])), lambda: list(It()), lambda: sum(It()), lambda: [*It()],
          lambda: Eq() in [1], lambda: {Eq(): 1, Eq(): 2}, lambda: repr([Rep()]), lambda: max([1, 2], key=bad), lambda: ",".join(It()),
          lambda: dict(It()), lambda: "%s" % Rep(), lambda: [x for x in It()], lambda: tuple(filter(bad, [1]))):
    try:
        f()
    except LookupError as e:
        print(e)
