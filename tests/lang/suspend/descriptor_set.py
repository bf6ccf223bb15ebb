# __set__ of a descriptor, by assignment, setattr() and augmented assignment.
# expect: 41
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class D:
    def __init__(self): self.value = 0
    def __get__(self, obj, owner): return wait(self.value)
    def __set__(self, obj, value): self.value = wait(value)

class Holder:
    d = D()

def test():
    h = Holder()
    h.d = 5
    h.d += 2
    setattr(h, 'd', h.d * 2)
    for h.d in (30, 40):
        pass
    (h.d, other) = (h.d + 1, 0)
    print(h.d)


run(test)
