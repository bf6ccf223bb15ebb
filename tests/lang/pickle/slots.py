# Instances of classes with __slots__ are pickled as copyreg says it, by each protocol from 2 on.
import hashlib
import pickle


class Pair:
    __slots__ = ('second', 'first')

    def __init__(self, first, second):
        self.first = first
        self.second = second


class Named(Pair):
    __slots__ = ['name', '__hidden']

    def hide(self, value):
        self.__hidden = value

    def hidden(self):
        return self.__hidden


class Open(Pair):
    pass


class Single:
    __slots__ = 'only'


class Guarded(Pair):
    __slots__ = ()

    def __setattr__(self, name, value):
        print('set', name)
        super().__setattr__(name, value)


def digest(data):
    return hashlib.sha256(data).hexdigest()[:16]


named = Named(1, 'two')
named.name = 'n'
named.hide([3])
opened = Open(1, 2)
opened.third = 3
bare = Open.__new__(Open)
single = Single()
partly = Pair.__new__(Pair)
partly.second = 2
for protocol in range(2, 6):
    for value in [Pair(1, 2), named, opened, bare, single, partly, [Pair(i, [i]) for i in range(3)]]:
        print(protocol, digest(pickle.dumps(value, protocol)))

copy = pickle.loads(pickle.dumps(named))
print(copy.first, copy.second, copy.name, copy.hidden())
copy = pickle.loads(pickle.dumps(opened))
print(copy.first, copy.second, copy.__dict__)
print(hasattr(pickle.loads(pickle.dumps(partly)), 'first'), pickle.loads(pickle.dumps(partly)).second)
guarded = Guarded(1, 2)
print(pickle.loads(pickle.dumps(guarded)).first)
single.only = single
print(pickle.loads(pickle.dumps(single)).only.only.__class__.__name__)


# States that do not fit what there is now.
class Fewer:
    __slots__ = ('a', 'b')


full = Fewer()
full.a, full.b = 1, 2
data = pickle.dumps(full)


class Fewer:
    __slots__ = ('a',)


try:
    pickle.loads(data)
except AttributeError as e:
    print('AttributeError', e)


class Fewer:
    __slots__ = ('a',)
    b = property(lambda self: 'b', lambda self, value: print('b is set to', value))


print(pickle.loads(data).a)


class Fewer:
    pass


print(pickle.loads(data).__dict__)
print(Pair(5, 6).__reduce_ex__(2)[2], named.__getstate__())
