# Classes match sequence and mapping patterns when collections.abc counts them among such containers.
import array
import collections
import collections.abc


def kind(subject):
    match subject:
        case [*_]:
            return 'sequence'
        case {}:
            return 'mapping'
    return None


class Parent:
    pass


class Before(Parent):
    pass


class Listlike(collections.abc.Sequence):
    def __len__(self):
        return 2

    def __getitem__(self, index):
        return range(2)[index]


class Both(collections.UserDict, collections.abc.Sequence):
    pass


class Other:
    pass


print(kind(Parent()), kind(Before()))
collections.abc.Mapping.register(Parent)


class After(Parent):
    pass


collections.abc.Sequence.register(Other)
print(kind(Parent()), kind(Before()), kind(After()), kind(Other()))
print(kind(Listlike()), kind(Both()), kind(collections.deque()), kind(array.array('b', b'ab')), kind('text'))
match Listlike():
    case [first, last]:
        print(first, last)
match collections.UserDict({0: 1, 2: 3}):
    case {2: 3, **rest}:
        print(rest)
for keys in '0: _, False: _', '0: _, 0.0: _', '"a": _, "a": _', '0: _, "0": _':
    try:
        compile('match x:\n case {%s}: pass' % keys, 'file', 'exec')
        print('fine')
    except SyntaxError as error:
        print(error.msg)
