# __index__ where a number is wanted.
# expect: 20 c (1, 2) [0, 1, 2] 0xff 0b101 0o10
# expect: abab [0, 0, 0] A b'\x00\x00\x00' --x-- 3
# expect: (3, 1) [0, 4, 8] 1 ['a', 'b-c'] 2.57
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class I:
    def __init__(self, n): self.n = n
    def __index__(self): return wait(self.n)

def test():
    print([10, 20, 30][I(1)], 'abc'[I(2)], (1, 2, 3)[I(0):I(2)], list(range(I(3))), hex(I(255)), bin(I(5)), oct(I(8)))
    print('ab' * I(2), [0] * I(3), chr(I(65)), bytes(I(3)), 'x'.center(I(5), '-'), int('11', I(2)))
    print(divmod(7, 2), list(range(0, 10, I(4))), [1, 2, 3].pop(I(0)), 'a-b-c'.split('-', I(1)), round(2.567, I(2)))


run(test)
