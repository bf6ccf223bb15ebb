# enumerate with a start, zip strict, map with several iterables, iter with a sentinel.
# expect: [(5, 'a'), (6, 'b')] [4, 6]
# expect: zip() argument 2 is shorter than argument 1
# expect: [1, 2] default 7
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


def it(*items):
    for x in items:
        yield wait(x)

def test():
    print(list(enumerate(it('a', 'b'), 5)), list(map(lambda a, b: wait(a + b), it(1, 2), it(3, 4))))
    try:
        list(zip(it(1, 2), it(1), strict=True))
    except ValueError as e:
        print(e)
    values = iter([1, 2, 3])
    print(list(iter(lambda: wait(next(values)), 3)), next(it(), 'default'), next(it(7)))


run(test)
