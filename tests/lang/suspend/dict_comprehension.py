# Keys and values of dict and set comprehensions.
# expect: {0: 0, 2: 4} ['a', 'b']
# expect: {'a': 1, 'b': 2} {1, 2} [0, 1, 2]
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


def test():
    print({wait(k): wait(k * 2) for k in range(3) if wait(k) != 1}, sorted({wait(k) for k in 'aab'}))
    print({wait('a'): 1, **wait({'b': 2})}, {wait(1), *wait([2])}, [wait(0), *wait((1, 2))])


run(test)
