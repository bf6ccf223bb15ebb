# Waiting inside all hooks of json: default(), items() of subclasses, the comparison of keys, object_hook,
# object_pairs_hook, parse_int, parse_float and parse_constant.
# modes: -gc-each the modules it imports are too large
import json
from _waiting import run, wait


class Odd:
    pass


class Items(dict):
    def items(self):
        return wait(super().items())


class Key(str):
    def __lt__(self, other):
        return wait(str.__lt__(self, other))


def encode():
    return json.dumps({'list': [Odd(), {'in': Odd(), 'behind': 1}], 'items': Items(a=1), 'last': Odd()},
                      default=lambda o: wait(['odd']))


def sort():
    return json.dumps({Key('b'): 1, Key('a'): {Key('d'): 2, Key('c'): 3}}, sort_keys=True)


def decode():
    return json.loads('[{"a": [1, 2.5, {"b": NaN}]}, {"a": 3}]', object_hook=lambda d: wait(sorted(d.items())),
                      parse_int=lambda s: wait(int(s)), parse_float=lambda s: wait(float(s)), parse_constant=wait)


def pairs():
    return json.loads('{"a": {"b": [{}]}}', object_pairs_hook=wait)


def test():
    for function in encode, sort, decode, pairs:
        print(function.__name__, function())


run(test)
# expect: encode {"list": [["odd"], {"in": ["odd"], "behind": 1}], "items": {"a": 1}, "last": ["odd"]}
# expect: sort {"a": {"c": 3, "d": 2}, "b": 1}
# expect: decode [[('a', [1, 2.5, [('b', 'NaN')]])], [('a', 3)]]
# expect: pairs [('a', [('b', [[]])])]
# expect: every wait was answered by another tasklet: True
