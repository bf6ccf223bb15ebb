# default_factory, Counter and OrderedDict.
# expect: made made 2 defaultdict(<class 'list'>, {'a': 1})
# expect: Counter({'a': 2, 'b': 1}) OrderedDict([('a', 1), ('b', 1)])
# expect: no z
# expect: every wait was answered by another tasklet: True
import collections
from _waiting import run, wait


def test():
    d = collections.defaultdict(lambda: wait('made'))
    print(d['x'], d['y'], len(d), collections.defaultdict(list, a=wait(1)))
    print(collections.Counter(wait(c) for c in 'aab'), collections.OrderedDict((wait(k), 1) for k in 'ab'))
    print(collections.ChainMap({}, d)['z'] if 'z' in d else wait('no z'))


run(test)
