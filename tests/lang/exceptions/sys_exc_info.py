import sys
print(sys.exc_info())
try:
    1 / 0
except ZeroDivisionError as e:
    t, v, tb = sys.exc_info()
    print(t.__name__, v is e, tb is e.__traceback__, type(tb).__name__)
    try:
        {}[1]
    except KeyError:
        print(sys.exc_info()[0].__name__)
    print(sys.exc_info()[0].__name__)
print(sys.exc_info())
def in_function():
    return sys.exc_info()[0]
try:
    raise ValueError
except ValueError:
    print(in_function().__name__)
print(in_function())
