# Functions that functools has from _functools have that module in pickles.
import functools
import pickle

for function in functools.reduce, functools.cmp_to_key:
    print(function.__module__, function.__name__)
    for protocol in range(6):
        print(pickle.dumps(function, protocol))
        print(pickle.loads(pickle.dumps(function, protocol)) is function)
print(pickle.loads(b'c__builtin__\nreduce\n.') is functools.reduce)
print(pickle.loads(b'c_functools\nreduce\n.')(lambda a, b: a * b, [2, 3, 7]))
print(functools.reduce(lambda a, b: a + [b], 'abc', []), functools.reduce(None, [], 5), functools.reduce(None, [4]))
for arguments in ((None, []), (None, 5), (None,), (None, [], 1, 2)):
    try:
        functools.reduce(*arguments)
    except TypeError as error:
        print(arguments, error if len(arguments) == 2 else 'TypeError')
key = functools.cmp_to_key(lambda a, b: len(a) - len(b))
print(sorted(['ccc', 'a', 'bb', 'd'], key=key), key('a') == key('b'), key('aa') >= key('b'), key(obj='xy').obj)
try:
    hash(key('a'))
except TypeError:
    print('no hash')
