# functools.lru_cache: order of use, keys, typed, clearing, and keys that are asked for their hash once.
import functools
import threading


@functools.lru_cache(maxsize=3)
def f(x, y=0):
    made.append((x, y))
    return x, y


made = []
for x in [1, 2, 3, 1, 4, 2, 1, 5, 4]:
    print(f(x), end=' ')
print(made, f.cache_info())
made.clear()
for arguments in [(1,), (1.0,), (True,), ('1',), (1, 2), (1.0, 2), ((1, 2),), (None,)]:
    f(*arguments)
f(x=1), f(y=2, x=1), f(x=1, y=2), f(1, y=2)
print(made, f.cache_info(), f.cache_parameters(), f.__wrapped__.__name__, f.__name__)
f.cache_clear()
print(f.cache_info())


@functools.lru_cache(maxsize=None, typed=True)
def g(*args, **kwds):
    return args, kwds


print(g(1), g(1.0), g(True), g(a=1), g(a=1.0), g(), g(), g(1, 2, a=3), g(1, 2, a=3.0))
print(g.cache_info())


@functools.lru_cache(maxsize=0)
def h(x):
    return x


h(1), h(1)
print(h.cache_info())


class Counted:
    asked = 0

    def __hash__(self):
        Counted.asked += 1
        return 5


@functools.lru_cache(maxsize=2)
def k(x):
    return 'made'


one, two, three = Counted(), Counted(), Counted()
for x in one, two, three, three, one:
    k(x)
print(k.cache_info(), Counted.asked)
try:
    f([])
except TypeError as e:
    print(e)


@functools.lru_cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), fib.cache_info())


class C:
    @functools.lru_cache(maxsize=4)
    def method(self, x):
        return x + 1

    @staticmethod
    @functools.cache
    def plain(x):
        return x * 2


c = C()
print(c.method(1), c.method(1), C.method.cache_info(), C.plain(4), C.plain(4), C.plain.cache_info())


class Slow:
    """Its hash and equality run the program, so that others come in between."""

    def __init__(self, value):
        self.value = value

    def __hash__(self):
        return hash(self.value)

    def __eq__(self, other):
        return self.value == other.value


@functools.lru_cache(maxsize=3)
def shared(x):
    return x.value


def work(seed):
    for i in range(300):
        value = (i * seed) % 7
        assert shared(Slow(value)) == value
        if i % 50 == 49:
            shared.cache_clear()


threads = [threading.Thread(target=work, args=(n,)) for n in (1, 2, 3, 5)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(shared.cache_info().currsize <= 3)
