# A generator that was dropped in the middle finishes at a collection; a coroutine that was never awaited is
# told of.
import gc
import sys
import warnings


log = []


def unfinished(name):
    try:
        yield 1
        yield 2
    finally:
        log.append(name)


def failing():
    try:
        yield
    finally:
        raise ValueError('while finishing')


async def coroutine():
    pass


def drop():
    generator = unfinished('first')
    next(generator)
    ended = unfinished('ended')
    list(ended)
    unfinished('never started')
    nested = (value for value in unfinished('nested'))
    next(nested)
    bad = failing()
    next(bad)


sys.unraisablehook = lambda unraisable: log.append(repr(unraisable.exc_value))
drop()
gc.collect()
print(sorted(log))
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    coroutine()
    gc.collect()
print([(w.category.__name__, str(w.message)) for w in caught])
