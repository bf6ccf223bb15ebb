x = "global"
def read():
    return x
def write():
    x = "local"
    return x
def change():
    global x
    x = "changed"
print(read(), write(), x)
change()
print(x, read())
def make():
    global fresh
    fresh = 1
make()
print(fresh)
