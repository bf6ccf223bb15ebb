class Acc:
    def __init__(self):
        self.log = []
    def __iadd__(self, o):
        self.log.append(("iadd", o))
        return self
    def __sub__(self, o):
        return ("sub", o)
    def __ior__(self, o):
        return NotImplemented
    def __or__(self, o):
        return ("or", o)
a = Acc()
b = a
a += 1
a += 2
print(a is b, a.log)
c = a
c -= 5
print(c)
d = a
d |= 6
print(d)
x = [1]
y = x
x += (2, 3)
print(y, x is y)
t = (1,)
u = t
t += (2,)
print(u, t)
