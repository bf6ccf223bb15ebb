# A builtin that has waited before may end by passing on what another operation answers.
print({1}.issubset([1, 2]), {1, 2}.issubset(iter([2])))
print(list(map(lambda x, y: x + y, [1, 2, 4], iter([3, 5]))))


class Key:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return 7

    def __eq__(self, other):
        return isinstance(other, Key) and self.name == other.name


keys = {Key("a"), Key("b")}
print(keys.issubset([Key("a"), Key("b"), Key("c")]), Key("b") in keys, Key("c") in keys)


def numbers():
    yield from (3, 1, 2)


print(list(zip(map(lambda n: n * 2, numbers()), filter(None, numbers()))))
print(sorted(map(lambda a, b: a - b, numbers(), numbers())))
