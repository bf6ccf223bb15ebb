# timedelta: what is summed up, how it rounds, and arithmetic beyond a machine word.
from datetime import timedelta


def attempt(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


print(timedelta(1, 2, 3, 4, 5, 6, 7), timedelta(weeks=-1.5, milliseconds=0.5))
print(timedelta(microseconds=0.5), timedelta(microseconds=1.5), timedelta(microseconds=-0.5), timedelta(days=1e-12))
print(timedelta(seconds=10**30, milliseconds=-10**33), timedelta(True))


def show(x):
    print(repr(x), str(x), bool(x), -x, +x, abs(x), hash(x), x.total_seconds(), x.__reduce__()[1])


show(timedelta(0))
show(timedelta(-1, 1))
show(timedelta(2, 3600))
show(timedelta(0, 0, 7))
show(timedelta(1))
big, small = timedelta.max, timedelta.resolution
print(big / small, big // small, big % timedelta(7), divmod(big, timedelta(-7, 5)), small / big)
print(timedelta(3) * 7, 7 * timedelta(3), timedelta(1) / 7, timedelta(1) // 7, timedelta(1) * 0.1, timedelta(10) / 0.3)
print([timedelta(microseconds=n) / 2 for n in range(-3, 4)], timedelta(microseconds=5) / -2)
print(timedelta(1) < timedelta(1, 1), timedelta(1) == 1, timedelta(1) != None, timedelta(0, 0, 1) <= timedelta(0, 0, 1))
attempt(lambda: big + small)
attempt(lambda: -big - timedelta(2))
attempt(lambda: timedelta(days=10**10))
attempt(lambda: timedelta(10**9))
attempt(lambda: timedelta('1'))
attempt(lambda: timedelta(hours=1j))
attempt(lambda: timedelta(float('inf')))
attempt(lambda: timedelta(seconds=float('nan')))
attempt(lambda: timedelta(1) / 0)
attempt(lambda: timedelta(1) // timedelta(0))
attempt(lambda: timedelta(1) / timedelta(0))
attempt(lambda: timedelta(1) % timedelta(0))
attempt(lambda: timedelta(1) * float('inf'))
attempt(lambda: timedelta(1) + 1)
attempt(lambda: timedelta(1) < 1)
attempt(lambda: timedelta(1) * '2')


class Ratio(float):
    def __init__(self, v): self.answer = 3, 4
    def as_integer_ratio(self): return self.answer


r = Ratio(2)
print(timedelta(4) * r, timedelta(3) / r)
r.answer = [1, 2]
attempt(lambda: timedelta(4) * r)
r.answer = 1, 2, 3
attempt(lambda: timedelta(4) / r)
