# __bytes__ and iterables given to bytes() and bytearray().
# expect: b'bytes' b'\x01\x02' bytearray(b'\x01\x02') b'a-b'
# expect: bytearray(b'\x01\x02\x01\x02') b'bytes'
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class B:
    def __bytes__(self): return wait(b'bytes')

class Items:
    def __iter__(self):
        for n in (1, 2):
            yield wait(n)

def test():
    print(bytes(B()), bytes(Items()), bytearray(Items()), b'-'.join([b'a', b'b']))
    a = bytearray()
    a.extend(Items())
    a += bytes(Items())
    print(a, b'%b' % B())


run(test)
