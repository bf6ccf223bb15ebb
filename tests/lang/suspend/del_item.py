# __delitem__ and __setitem__ with slices.
# expect: set 1 2
# expect: set slice(1, 2, None) 3
# expect: set (Ellipsis, slice(1, None, None)) 4
# expect: del 1
# expect: del slice(None, None, 2)
# expect: del k
# expect: (slice(1, 2, None), 3) x
# expect: set n n
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class S:
    def __setitem__(self, key, value): print('set', wait(key), value)
    def __delitem__(self, key): print('del', wait(key))
    def __getitem__(self, key): return wait(key)

def test():
    s = S()
    s[1] = 2
    s[1:2] = 3
    s[..., 1:] = 4
    del s[1]
    del s[::2], s['k']
    print(s[1:2, 3], s['x'])
    s['n'] += 1 if False else ''


run(test)
