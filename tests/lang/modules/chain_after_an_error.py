# A chain is over when the next iterable cannot be had, and goes on after an item that raised.
import itertools


class Stops:
    def __iter__(self):
        raise StopIteration('from iter')


class Raises:
    def __init__(self):
        self.items = [1, ValueError('item'), 2]

    def __iter__(self):
        return self

    def __next__(self):
        if not self.items:
            raise StopIteration
        item = self.items.pop(0)
        if isinstance(item, Exception):
            raise item
        return item


def iterables():
    yield 'a'
    raise KeyError('iterables')


def show(chain):
    for _ in range(5):
        try:
            print(next(chain), end=' ')
        except Exception as error:
            print(type(error).__name__, error, end=' ')
    print()


show(itertools.chain(1, [2]))
show(itertools.chain(Raises(), [3]))
show(itertools.chain.from_iterable(iterables()))
print(list(itertools.chain([1], Stops(), [2])))
