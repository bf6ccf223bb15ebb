# Functions and inner iterators of itertools.
# expect: [1] [2, 1]
# expect: [0, 2] [1, 2]
# expect: [1, 2, 6] [1, 2] [1, 'b']
# expect: [2, 3] [(1, 2), (None, 3)] ['a', 'c']
# expect: every wait was answered by another tasklet: True
import itertools
from _waiting import run, wait


def it(*items):
    for x in items:
        yield wait(x)

def test():
    print(list(itertools.takewhile(lambda x: wait(x < 2), it(1, 2, 1))), list(itertools.dropwhile(lambda x: wait(x < 2), it(1, 2, 1))))
    print(list(itertools.filterfalse(lambda x: wait(x % 2), range(4))), list(itertools.starmap(wait, it((1,), (2,)))))
    print(list(itertools.accumulate(it(1, 2, 3), lambda a, b: wait(a * b))), list(itertools.chain(it(1), it(2))), list(itertools.chain.from_iterable(it(it(1), 'b'))))
    print(list(itertools.islice(it(1, 2, 3), 1, 3)), list(itertools.zip_longest(it(1), it(2, 3))), list(itertools.compress(it(*'abc'), it(1, 0, 1))))


run(test)
