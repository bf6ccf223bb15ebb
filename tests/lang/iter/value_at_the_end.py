# What a generator returns goes through the iterators that only hand its items on.
from itertools import chain


def numbers():
    yield 1
    return 42


def value_of(iterator, step=next):
    step(iterator)
    try:
        step(iterator)
    except StopIteration as end:
        return end.value


for make in (enumerate, zip, lambda g: map(str, g), lambda g: filter(None, g), chain, iter):
    print(value_of(make(numbers())), value_of(make(numbers()), lambda i: i.__next__()))

# Several layers, and iterators that are not generators.
print(value_of(enumerate(zip(map(str, numbers())))), value_of(zip([1], numbers())), value_of(zip(numbers(), [1])))


class Countdown:
    def __init__(self):
        self.left = 1

    def __iter__(self):
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration('done')
        self.left -= 1
        return 1


print(value_of(enumerate(Countdown())), value_of(map(str, Countdown())), value_of(zip(Countdown(), 'ab')))


def delegate(iterator):
    result = yield from iterator
    print('result', result)


for iterator in enumerate(numbers()), map(str, numbers()), iter([1]), zip(numbers()), chain(numbers()):
    print(list(delegate(iterator)))

# Nothing is left over from an earlier end.
list(numbers())
print(value_of(map(str, [1])), value_of(enumerate('a')), value_of(zip([1], [2])))
