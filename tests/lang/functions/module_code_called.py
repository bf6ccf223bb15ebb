# A function made of the code of a module works on its globals.
import types

space = {}
f = types.FunctionType(compile('x = 1\ny = x + 1', 'f', 'exec'), space)
print(f(), space['x'], space['y'])
for call in (lambda: f(1, 2), lambda: f(a=1)):
    try:
        call()
    except TypeError as e:
        print(e)
