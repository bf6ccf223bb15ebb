# __aenter__, __aexit__, __anext__ and await, driven by hand.
# expect: in
# expect: out True
# expect: 1
# expect: 2
# expect: yielded
# expect: [1, 2] sent
# expect: done
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class A:
    def __init__(self): self.n = 0
    async def __aenter__(self): return wait('in')
    async def __aexit__(self, *exc): print('out', wait(exc[0] is None))
    def __aiter__(self):
        wait()
        return self
    async def __anext__(self):
        self.n += 1
        if wait(self.n) > 2:
            raise StopAsyncIteration
        return self.n

class Awaitable:
    def __await__(self):
        wait()
        return (yield wait('yielded'))

async def main():
    async with A() as a:
        print(a)
    async for n in A():
        print(n)
    print([n async for n in A()], await Awaitable())

def test():
    c = main()
    print(c.send(None))
    try:
        c.send('sent')
    except StopIteration:
        print('done')


run(test)
