# A class that nobody uses any more goes, with its instances; one that has an instance or a subclass stays.
import gc
import weakref


class Base:
    def name(self):
        return 'base'


def make_many(count):
    for number in range(count):
        kind = type(f'Kind{number}', (Base,), {'number': number})
        kind().attribute = kind


def left():
    gc.collect()
    return len(Base.__subclasses__())


make_many(200)
print(left() < 20)


def keep():
    class Kept(Base):
        def __init__(self):
            self.first = 1

    class Below(Kept):
        pass

    kept, below = Kept(), Below()
    below.second = 2
    return kept, below


kept, below = keep()
gc.collect()
kept.third = 3
print(type(kept).__name__, type(below).__mro__[1].__name__, vars(kept), vars(below), below.name())
print(type(kept).__subclasses__() == [type(below)], any(cls is type(kept) for cls in Base.__subclasses__()))
Base.name = lambda self: 'changed'
print(kept.name(), below.name())


class Meta(type):
    pass


gone = []


def watched():
    class Finished(Base, metaclass=Meta):
        def __del__(self):
            gone.append((type(self).__name__, self.name()))

    watched = weakref.ref(Finished, lambda reference: gone.append('class'))
    instance = Finished()
    instance.self = instance
    return watched


def overwrite(depth):
    return depth and overwrite(depth - 1)


references = [watched() for number in range(50)]
overwrite(100)
for attempt in range(4):
    gc.collect()
print(gone.count(('Finished', 'changed')) > 40, sum(reference() is None for reference in references) > 40)
print(gone.count('class') > 40)


def read(instance):
    return instance.value


# Accesses that remember classes which are gone take no new class for one of them.
for number in range(100):
    kind = type('Kind', (), {'value': number})
    assert read(kind()) == number
    holder = kind()
    holder.value = -number
    assert read(holder) == -number
    del kind, holder
    if number % 7 == 0:
        gc.collect()
print('done')
