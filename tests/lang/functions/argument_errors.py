def zero(): pass
def one(a): pass
def two(a, b): pass
def opt(a, b=1): pass
def star(a, *b): pass
def kw(*, x, y): pass
class C:
    def m(self, a): pass
for bad in (lambda: zero(1), lambda: one(), lambda: two(1), lambda: two(), lambda: two(1, 2, 3), lambda: opt(),
            lambda: opt(1, 2, 3), lambda: star(), lambda: kw(), lambda: kw(x=1), lambda: kw(1, x=1, y=2), lambda: one(b=1),
            lambda: one(1, a=2), lambda: two(a=1), lambda: C().m(), lambda: C().m(1, 2), lambda: C.m(), lambda: (lambda x: x)()):
    try:
        bad()
    except TypeError as error:
        print(error)
