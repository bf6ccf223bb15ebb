# Slots, properties and __getattribute__ with super().
# expect: 4 5 5 False default
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class P:
    __slots__ = ('_x',)
    @property
    def x(self): return wait(self._x)
    @x.setter
    def x(self, v): self._x = wait(v)

class G:
    y = 5
    def __getattribute__(self, name):
        wait()
        return super().__getattribute__(name)
    def method(self): return wait(self.y)

def test():
    p = P()
    p.x = 3
    p.x += 1
    print(p.x, G().y, G().method(), hasattr(G(), 'no'), getattr(G(), 'no', 'default'))


run(test)
