# Builtins that take long give way under preemption, and do what they do all the same.
# expect: sum of a range 1249975000 fair
# expect: sum of a list 1249975000 fair
# expect: sum of floats 1249975000.0 fair
# expect: list 50000 fair
# expect: extend 50000 fair
# expect: tuple 50000 fair
# expect: max 49999 fair
# expect: min 0 fair
# expect: any False fair
# expect: join 79999 fair
# expect: set 50000 fair
# expect: fromkeys 50000 fair
# expect: sorted True fair
# expect: sorted down True fair
# expect: sorted by key True fair
# expect: sorted with nothing to do True fair
# expect: sorted pairs True fair
# expect: search 2000000 fair
# expect: search for a class 3000000 fair
# expect: no match None fair
# expect: hash 35bce4eae54ec8e6 fair
import hashlib
import lisle
import operator
import re

N = 50000
turns = 0
busy = True
numbers = list(range(N))


def others():
    global turns
    while busy:
        turns += 1
        lisle.schedule()


def during(name, operation, *args):
    global turns
    turns = 0
    result = operation(*args)
    print(name, result, 'fair' if turns > 1 else turns)


def extended():
    result = []
    result.extend(range(N))
    return len(result)


def sorts(data, key=None, reverse=False):
    result = sorted(data, key=key, reverse=reverse)
    before = turns
    if key:
        result = list(map(key, result))
    if reverse:
        result.reverse()
    return len(result) == len(data) and all(map(operator.le, result, result[1:])) and before > 1


lisle.tasklet(others)()
lisle.preempt(1000)
during('sum of a range', sum, range(N))
during('sum of a list', sum, numbers)
during('sum of floats', sum, numbers, 0.0)
during('list', lambda: len(list(range(N))))
during('extend', extended)
during('tuple', lambda: len(tuple(range(N))))
during('max', max, numbers)
during('min', min, numbers)
during('any', any, map(operator.not_, range(1, N)))
during('join', lambda: len(','.join(iter('ab' * 20000))))
during('set', lambda: len(set(range(N))))
during('fromkeys', lambda: len(dict.fromkeys(range(N))))
saw = [*range(0, 300000, 9), *range(5, 300000, 7), *range(300000, 0, -8)]
during('sorted', sorts, saw)
during('sorted down', sorts, saw, None, True)
during('sorted by key', sorts, saw, operator.neg)
during('sorted with nothing to do', sorts, range(100000))
during('sorted pairs', sorts, [(1, 2), (1, 1)] * 40000)
during('search', lambda: re.search('b', 'a' * 2000000 + 'b').start())
during('search for a class', lambda: re.search('[bc]', 'a' * 3000000 + 'c').start())
during('no match', re.search, '[bc]a', 'a' * 3000000)
during('hash', lambda: hashlib.sha256(bytes(3000000)).hexdigest()[:16])
busy = False
