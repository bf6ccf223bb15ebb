class C:
    def __len__(self): return 3
    def __bool__(self): return False
    def __contains__(self, v): return v == 1
    def __getitem__(self, i):
        if i > 3: raise IndexError
        return i * 10
    def __setitem__(self, i, v): print("set", i, v)
    def __delitem__(self, i): print("del", i)
c = C()
c.__len__ = lambda: 99
print(len(c), bool(c), 1 in c, 2 in c, list(c), c[2])
c[1] = 2
del c[1]
class L:
    def __len__(self): return -1
for v in (L(),):
    try:
        len(v)
    except ValueError as error:
        print(error)
try:
    len(5)
except TypeError as error:
    print(error)
