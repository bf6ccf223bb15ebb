def drive(coro):
    try:
        while True:
            coro.send(None)
    except StopIteration as e:
        return e.value
async def agen(n):
    try:
        for i in range(n):
            got = yield i
            if got: print("got", got)
    finally:
        print("agen finally")
async def main():
    out = []
    async for v in agen(3):
        out.append(v)
    g = agen(5)
    print(await g.asend(None), await g.asend("x"))
    await g.aclose()
    try:
        await g.__anext__()
    except StopAsyncIteration:
        print("done")
    return out, [x async for x in agen(2)]
print(drive(main()))
