# Names that are found in a globals dict with a __missing__, and in builtins.
# expect: x None 3
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class B(dict):
    def __missing__(self, key): return wait(key)

def test():
    d = B()
    print(d['x'], d.get('x'), eval('1 + y', {'y': wait(2)}))


run(test)
