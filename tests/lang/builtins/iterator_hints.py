# What classes raise when they are asked for their length counts; exhausted iterators stay so.
import operator


class Hinted:
    def __init__(self, error):
        self.error = error

    def __iter__(self):
        return iter(range(3))

    def __length_hint__(self):
        raise self.error


class Shrinking:
    length = 10

    def __len__(self):
        return self.length

    def __getitem__(self, index):
        return index


for error in TypeError('ignored'), RuntimeError('seen'):
    for make in list, tuple, [].extend:
        try:
            print(make(Hinted(error)))
        except RuntimeError as found:
            print(make.__name__, found)
items = Shrinking()
backward = reversed(items)
print(next(backward), operator.length_hint(backward))
items.length = 3
print(operator.length_hint(backward))

nan = float('nan')
print(hash(nan) == object.__hash__(nan), nan in {nan}, float('nan') in {nan})
z = 1 + 2j
print(complex(z) is z, complex(z, 1))
