# aiter(), anext() with a default, and the hooks of asynchronous generators.
# expect: told of numbers
# expect: 1 2 default
# expect: items 3
# expect: every wait was answered by another tasklet: True
import sys

from _waiting import run, wait


class Items:
    def __aiter__(self):
        wait()
        return self

    def __anext__(self):
        wait()
        return self

    def __await__(self):
        return wait(3)
        yield


async def numbers():
    yield wait(1)
    yield wait(2)


def drive(c):
    try:
        c.send(None)
    except StopIteration as e:
        return e.value


async def one(iterator):
    return await anext(iterator)


async def all_of(iterator):
    return [await anext(iterator, 'default') for _ in range(3)]


def told(generator):
    wait()
    print('told of', generator.__name__)


def test():
    sys.set_asyncgen_hooks(firstiter=told)
    print(*drive(all_of(aiter(numbers()))))
    sys.set_asyncgen_hooks(firstiter=None)
    print("items", drive(one(aiter(Items()))))


run(test)
