# Instances of subclasses of every builtin layout keep attributes.
import io


class Stream(io.IOBase):
    def __init__(self):
        self.buffered = ""


class Memory(io.BytesIO):
    pass


bases = (int, str, bytes, bytearray, list, tuple, dict, set, frozenset, float, complex, Exception, property, Memory)
for base in bases:
    cls = type("Sub", (base,), {})
    o = cls()
    o.x = 1
    o.y = [2]
    o.x += 1
    print(base.__name__, o.x, o.y, o.__dict__)
    del o.x
    print(sorted(vars(o)))
s = Stream()
s.other = 3
print(s.buffered == "", s.other, s.__dict__)
