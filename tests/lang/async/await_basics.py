def drive(coro):
    sent = None
    while True:
        try:
            got = coro.send(sent)
            print("yielded", got)
            sent = got * 10
        except StopIteration as e:
            return e.value
class Aw:
    def __init__(self, v): self.v = v
    def __await__(self):
        r = yield self.v
        return r + 1
async def inner(x):
    return await Aw(x)
async def main():
    a = await inner(1)
    b = await Aw(a)
    return a, b
print(drive(main()))
c = inner(1)
print(type(c).__name__)
c.close()
async def bad():
    await 5
try:
    drive(bad())
except TypeError as e:
    print(e)
