# A collection that the program asks for finds what it has dropped, whatever temporaries held it before.
# modes: -asan the sanitizers keep more words of dropped values on the C++ stack
import gc
import weakref


class Thing:
    def __init__(self, value=None):
        self.value = value

    def itself(self, *rest):
        return self


def gone(reference):
    gc.collect()
    return reference() is None


def after_call():
    thing = Thing()
    reference = weakref.ref(thing)
    thing.itself(thing.itself(thing), [thing, thing])
    del thing
    return gone(reference)


def in_cycle_with_iterator():
    thing = Thing()
    reference = weakref.ref(thing)
    container = {thing, 1}
    thing.iterator = iter(container)
    del thing, container
    return gone(reference)


def inside_expressions():
    things = [Thing(), Thing()]
    reference = weakref.ref(things[0])
    return [len(things), things.pop(0).itself() is not None, gone(reference)]


def inside_with_and_loop():
    results = []
    for thing in (Thing(1), Thing(2)):
        reference = weakref.ref(thing)
        try:
            raise ValueError(thing)
        except ValueError as error:
            thing = error = None
        results.append(gone(reference))
    return results


def in_generator():
    thing = Thing()
    reference = weakref.ref(thing)
    yield len([thing.itself(thing)])
    del thing
    yield gone(reference)


def live_ones_stay():
    return [Thing(1).itself(gc.collect()).value, Thing(Thing(2)).value.itself(*[gc.collect()]).value,
            {'key': Thing(gc.collect()), **{'other': gc.collect()}}['key'].value,
            [Thing(n).itself(gc.collect()).value for n in range(3) if gc.collect() == 0]]


def deep(depth, things):
    if depth == 0:
        reference = weakref.ref(things.pop())
        return gone(reference)
    return deep(depth - 1, things)


def deep_in_generators(depth, things):
    if depth == 0:
        reference = weakref.ref(things.pop())
        yield gone(reference)
    else:
        yield from deep_in_generators(depth - 1, things)


print(after_call(), in_cycle_with_iterator(), inside_expressions())
print(inside_with_and_loop())
print(list(in_generator()))
print(live_ones_stay())
print(deep(100, [Thing()]), list(deep_in_generators(50, [Thing()])))
