# for: __iter__, __next__, __getitem__, and the target's __setitem__.
# expect: {'k': 1}
# expect: {'k': 2}
# expect: else 1
# expect: 1 x ['y', 'z']
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class I:
    def __init__(self): self.n = 0
    def __iter__(self):
        wait()
        return self
    def __next__(self):
        self.n += 1
        if wait(self.n) > 2:
            raise StopIteration
        return self.n

def test():
    d = {}
    for d[wait('k')] in I():
        print(d)
    else:
        print('else', wait(1))
    for a, (b, *c) in ((wait(1), wait('xyz')),):
        print(a, b, c)


run(test)
