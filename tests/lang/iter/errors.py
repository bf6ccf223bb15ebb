class NotIter:
    def __iter__(self): return 5
class NoNext:
    def __iter__(self): return self
for f in (lambda: list(NotIter()), lambda: list(NoNext()), lambda: list(5), lambda: [x for x in None], lambda: 1 in 5, lambda: dict(5), lambda: sum(5), lambda: list(zip(1, [2])), lambda: map(1)):
    try:
        f()
    except TypeError as e:
        print(e)
def for_none():
    for x in None: pass
try:
    for_none()
except TypeError as e:
    print(e)
