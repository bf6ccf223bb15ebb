x = 1
def f():
    print(x)
    x = 2
def g():
    del y
    y = 1
def h():
    for i in []:
        pass
    return i
def k():
    v = 1
    del v
    return v
for f in (f, g, h, k):
    try:
        f()
    except UnboundLocalError as error:
        print(error)
try:
    undefined_name
except NameError as error:
    print(error)
def outer():
    def inner():
        return later
    try:
        inner()
    except NameError as error:
        print(error)
    later = 1
    return inner()
print(outer())
