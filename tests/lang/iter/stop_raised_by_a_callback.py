# A StopIteration that leaves the function of an iterator ends the iterator.
import itertools


def until_zero(x, *rest):
    if x == 0:
        raise StopIteration('zero')
    return True


numbers = [1, 2, 0, 4]
print(list(map(until_zero, numbers)))
print(list(filter(until_zero, numbers)))
print([x for x in filter(until_zero, numbers)])
print(sum(map(until_zero, numbers)))
print(*map(until_zero, numbers))
print(list(itertools.takewhile(until_zero, numbers)))
print(list(itertools.dropwhile(until_zero, numbers)))
print(list(itertools.filterfalse(until_zero, numbers)))
print(list(itertools.starmap(until_zero, zip(numbers, numbers))))
print(list(itertools.accumulate(numbers, lambda a, b: until_zero(b))))
print([k for k, group in itertools.groupby(numbers, until_zero)])
print(list(enumerate(map(until_zero, numbers))), list(zip(map(until_zero, numbers), 'abc')))
print(list(map(next, [iter([1]), iter([2]), iter([]), iter([3])])))
it = map(until_zero, numbers)
next(it), next(it)
try:
    next(it)
except StopIteration:
    print('next')


def delegate():
    print('result', (yield from map(until_zero, numbers)))


print(list(delegate()))
