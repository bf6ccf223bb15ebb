# expect: 20 of 20
count = caught = 0
def attempt(f, *args):
    global count, caught
    count += 1
    try:
        f(*args)
    except RecursionError:
        caught += 1
class Repr:
    def __repr__(self): return repr(self)
attempt(repr, Repr())
class Eq:
    def __eq__(self, o): return self == o
attempt(lambda: Eq() == Eq())
class Attr:
    def __getattr__(self, name): return getattr(self, name)
attempt(lambda: Attr().x)
class Less:
    def __lt__(self, o): return sorted([self, o])
attempt(lambda: sorted([Less(), Less()]))
def generator(): yield from generator()
attempt(lambda: list(generator()))
class Init:
    def __init__(self): Init()
attempt(Init)
class New:
    def __new__(cls): return cls()
attempt(New)
class Len:
    def __len__(self): return len(self)
attempt(lambda: len(Len()))
class Call: pass
Call.__call__ = Call()
attempt(lambda: Call()())
class Iter:
    def __iter__(self): return iter(self)
attempt(lambda: iter(Iter()))
class Property:
    @property
    def x(self): return self.x
attempt(lambda: Property().x)
class Missing(dict):
    def __missing__(self, k): return self[k]
attempt(lambda: Missing()[1])
by_max = lambda x: max([x], key=by_max)
attempt(by_max, 1)
by_exec = lambda: exec("by_exec()", globals())
attempt(by_exec)
by_sum = lambda: sum(by_sum() for _ in (1,))
attempt(by_sum)
class Hash:
    def __hash__(self): return hash((self,))
attempt(lambda: {Hash(): 1})
class Str:
    def __str__(self): return f"{self}"
attempt(lambda: str(Str()))
class Add:
    def __add__(self, o): return self + o
attempt(lambda: Add() + 1)
class Contains:
    def __contains__(self, o): return o in self
attempt(lambda: 1 in Contains())
class With:
    def __enter__(self):
        with self: pass
    def __exit__(self, *args): pass
def enter():
    with With(): pass
attempt(enter)
print(caught, "of", count)
