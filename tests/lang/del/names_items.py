x = 1
del x
try:
    x
except NameError as error:
    print(error)
d = {"a": 1, "b": [1, 2, 3]}
del d["a"], d["b"][0]
print(d)
class C: pass
c = C()
c.p = 1
del c.p
try:
    del c.p
except AttributeError as error:
    print(error)
a = b = [1]
del (a), [b]
try:
    b
except NameError as error:
    print(error)
