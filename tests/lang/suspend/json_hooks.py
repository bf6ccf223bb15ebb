# json: default, object_hook, parse_float, and the keys of the program's dicts.
# modes: -gc-each the modules it imports are too large
# expect: {"a": [1, 2]}
# expect: ['a']
# expect: [[('x', 1)]]
# expect: ["E"]
# expect: every wait was answered by another tasklet: True
import json
from _waiting import run, wait


def test():
    print(json.dumps({'a': {1, 2}}, default=lambda o: wait(sorted(o))))
    print(json.loads('{"a": {"b": 1.5}}', object_hook=lambda d: wait(list(d)), parse_float=lambda s: wait(s)))
    print(json.loads('[{"x": 1}]', object_pairs_hook=lambda pairs: wait(pairs)))

    class E(json.JSONEncoder):
        def default(self, o): return wait('E')
    print(json.dumps([object()], cls=E))


run(test)
