# persistent_id, reducer_override, dispatch_table, find_class, copyreg, state setters, out-of-band buffers.
import copyreg
import io
import pickle


class Point:
    def __init__(self, x=0, y=0):
        self.x, self.y = x, y

    def __repr__(self):
        return f'{type(self).__name__}({self.x}, {self.y})'


class Named(Point):
    pass


class Referring(pickle.Pickler):
    def persistent_id(self, obj):
        return ('point', obj.x) if isinstance(obj, Named) else None


class Resolving(pickle.Unpickler):
    def persistent_load(self, pid):
        return f'<{pid[0]} {pid[1]}>'


def through(pickler, unpickler, obj, protocol):
    file = io.BytesIO()
    pickler(file, protocol).dump(obj)
    file.write(b'rest')
    file.seek(0)
    back = unpickler(file).load()
    return back, file.read()


class Overriding(pickle.Pickler):
    def reducer_override(self, obj):
        return (Named, (obj.y, obj.x)) if type(obj) is Point else NotImplemented


class Tabled(pickle.Pickler):
    dispatch_table = {Point: lambda p: (complex, (p.x, p.y))}


class Renaming(pickle.Unpickler):
    def find_class(self, module, name):
        print('find', module == __name__, name)
        return super().find_class(module, 'Named' if name == 'Point' else name)


def set_it(obj, state):
    obj.x = state['x'] * 100


class Setting:
    def __reduce__(self):
        return Point, (), {'x': 5}, None, None, set_it


class Whole(list):
    def __init__(self):
        self.log = []

    def extend(self, items):
        self.log.append(len(items))
        list.extend(self, items)

    def __reduce__(self):
        return Whole, (), None, iter([1, 2, 3])


class Stateful:
    def __getstate__(self):
        return 'secret'

    def __setstate__(self, state):
        self.got = state


class New:
    def __new__(cls, *args, **kwargs):
        made = object.__new__(cls)
        made.args = args, kwargs
        return made

    def __getnewargs_ex__(self):
        return (1, 2), {'k': 3}


for protocol in range(6):
    print(protocol)
    print(through(Referring, Resolving, [Named(7, 8), Point(1, 2)], protocol or 1))
    print(through(Overriding, pickle.Unpickler, [Named(7, 8), Point(1, 2)], protocol))
    print(through(Tabled, pickle.Unpickler, [Named(7, 8), Point(1, 2)], protocol))
    print(through(pickle.Pickler, Renaming, Point(3, 4), protocol))
    print(pickle.loads(pickle.dumps(Setting(), protocol)))
    whole = pickle.loads(pickle.dumps(Whole(), protocol))
    print(whole, whole.log)
    print(pickle.loads(pickle.dumps(Stateful(), protocol)).got)
    if protocol >= 2:
        print(vars(pickle.loads(pickle.dumps(New(), protocol))))

copyreg.pickle(Point, lambda p: (Named, (p.x, p.y)))
print(pickle.loads(pickle.dumps(Point(5, 6))))
copyreg.add_extension(__name__, 'Named', 0x77)
print(pickle.dumps(Named, 2), pickle.loads(pickle.dumps(Named, 2)))

buffers = []
data = pickle.dumps([pickle.PickleBuffer(bytearray(b'abc')), pickle.PickleBuffer(b'def')], 5,
                    buffer_callback=buffers.append)
print(data, [bytes(b) for b in buffers], pickle.loads(data, buffers=buffers)[0] is buffers[0])
print(pickle.loads(pickle.dumps(pickle.PickleBuffer(b'in band'), 5)))


class Refusing:
    def __init__(self, value):
        self.value = value

    def __reduce__(self):
        return self.value


for value in [5, (1,), (1, 2), (int, 2), (int, (), None, 5), (int, (), None, None, 5), (int, (), None, None, None, 5),
              'no such name', (copyreg.__newobj__, ()), (copyreg.__newobj__, (5,)), (copyreg.__newobj__, (int,))]:
    try:
        pickle.dumps(Refusing(value))
    except Exception as e:
        print(type(e).__name__, str(e).split(' at 0x')[0])
