def drive(coro):
    try:
        while True:
            coro.send(None)
    except StopIteration as e:
        return e.value
class Count:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        if self.n == 0: raise StopAsyncIteration
        self.n -= 1
        return self.n
class CM:
    async def __aenter__(self): print("enter"); return "v"
    async def __aexit__(self, t, v, tb): print("exit", t.__name__ if t else None); return t is KeyError
async def main():
    async for i in Count(3):
        print(i)
    else:
        print("else")
    async with CM() as v:
        print(v)
    async with CM():
        raise KeyError
    return [i async for i in Count(3) if i], {i: 1 async for i in Count(2)}
print(drive(main()))
