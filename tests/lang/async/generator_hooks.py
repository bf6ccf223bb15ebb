# Who runs an event loop is told of each asynchronous generator once, and of those that were dropped.
import gc
import sys


async def numbers():
    try:
        yield 1
        yield 2
    finally:
        print('finally')


def drive(awaitable):
    try:
        awaitable.send(None)
    except StopIteration as stop:
        return stop.value
    except BaseException as error:
        return repr(error)


dropped = []
sys.set_asyncgen_hooks(firstiter=lambda g: print('first', g.__name__), finalizer=dropped.append)
g = numbers()
print(drive(g.__anext__()), drive(g.asend(None)))
h = numbers()
print(drive(h.aclose()), drive(h.__anext__()))
del h
gc.collect()
print(len(dropped))
del g
gc.collect()
print(len(dropped), dropped[0].ag_running)
print(drive(dropped[0].aclose()))
sys.set_asyncgen_hooks(None, None)
print(tuple(sys.get_asyncgen_hooks()))

k = numbers()
print(drive(k.__anext__()))
del k
gc.collect()
