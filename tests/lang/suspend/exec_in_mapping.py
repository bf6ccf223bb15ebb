# exec() and eval() with a locals mapping of the program.
# expect: {'y': 2, 'z': 1} 4
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class Space:
    def __init__(self): self.d = {}
    def __getitem__(self, key):
        wait()
        return self.d[key]
    def __setitem__(self, key, value): self.d[key] = wait(value)
    def __delitem__(self, key):
        wait()
        del self.d[key]

def test():
    s = Space()
    exec('x = 1\ny = x + 1\ndel x\nfor z in range(2): pass', {}, s)
    print(s.d, eval('y * 2', {}, s))


run(test)
