# Tasklets are pickled inside the hooks of json: default(), items() of subclasses, the comparison
# of keys, object_hook, object_pairs_hook, parse_int, parse_float and parse_constant.
# modes: -gc -gc-each it pickles modules of the library again and again
import json
import pickle
import stackless


class Odd:
    pass


class Items(dict):
    def items(self):
        return pause(super().items())


class Key(str):
    def __lt__(self, other):
        return pause(str.__lt__(self, other))


def pause(value):
    stackless.schedule_remove()
    return value


def encode():
    return json.dumps({'list': [Odd(), {'in': Odd(), 'behind': 1}], 'items': Items(a=1), 'last': Odd()},
                      default=lambda o: pause(['odd']))


def sort():
    return json.dumps({Key('b'): 1, Key('a'): {Key('d'): 2, Key('c'): 3}}, sort_keys=True)


def decode():
    return json.loads('[{"a": [1, 2.5, {"b": NaN}]}, {"a": 3}]', object_hook=lambda d: pause(sorted(d.items())),
                      parse_int=lambda s: pause(int(s)), parse_float=lambda s: pause(float(s)), parse_constant=pause)


def pairs():
    return json.loads('{"a": {"b": [{}]}}', object_pairs_hook=pause)


def work(function, results):
    results.append(function())


for function in encode, sort, decode, pairs:
    results = []
    tasklet = stackless.tasklet(work)(function, results)
    stackless.run()
    rounds = 0
    while tasklet.alive:
        tasklet, results = pickle.loads(pickle.dumps((tasklet, results)))
        tasklet.insert()
        stackless.run()
        rounds += 1
    print(function.__name__, rounds, *results)
# expect: encode 4 {"list": [["odd"], {"in": ["odd"], "behind": 1}], "items": {"a": 1}, "last": ["odd"]}
# expect: sort 2 {"a": {"c": 3, "d": 2}, "b": 1}
# expect: decode 7 [[('a', [1, 2.5, [('b', 'NaN')]])], [('a', 3)]]
# expect: pairs 3 [('a', [('b', [[]])])]
