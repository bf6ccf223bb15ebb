# Every subscriber gets everything.
# expect: True 0
import lisle

b = lisle.Broadcast(capacity=4)
got = {}


def listen(name, channel):
    got[name] = list(channel)


for name in 'abc':
    lisle.tasklet(listen)(name, b.subscribe())
for i in range(10):
    b.send(i)
b.close()
lisle.run()
print(got == {name: list(range(10)) for name in 'abc'}, len(b))
