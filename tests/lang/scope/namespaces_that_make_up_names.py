# A dict subclass given to exec and eval as globals answers for the names that it lacks.
import collections


class Answers(dict):
    def __missing__(self, key):
        if key.startswith('_') or key in ('print', 'len'):
            raise KeyError(key)
        return 'missing ' + key


class Doubles(dict):
    def __getitem__(self, key):
        return 2 * dict.__getitem__(self, key)


space = Answers(known=1)
exec('result = x, known', space)
print(space['result'])
print(eval('x + known_too', Answers()))
exec('def f():\n    return x, len("abc")\nresult = f()', space)
print(space['result'])
space['x'] = 'found'
print(space['f'](), space['f']())
exec('def g():\n    global y\n    y = 5\n    return y\nresult = g()', space)
print(space['result'], space['y'])

counts = collections.defaultdict(int)
exec('for i in range(3):\n    a += i\nb = c', counts)
print(counts['a'], counts['b'], counts['c'])

print(eval('x', Doubles(x=2)))
print(eval('[x for _ in range(2)]', Doubles(x=2)))
code = compile('x', '<text>', 'eval')
print(eval(code, {'x': 2}), eval(code, Doubles(x=2)), eval(code, {'x': 3}))
try:
    eval('nothing', Doubles(x=2))
except NameError as error:
    print(error)
try:
    exec('del nothing', Answers())
except (KeyError, NameError) as error:
    print(type(error).__name__)
