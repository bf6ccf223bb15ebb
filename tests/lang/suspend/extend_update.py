# expect: [1, 1, 2, 2, 1, 2] True {1: 1, 2: 2} bytearray(b'\x01\x02')
# expect: every wait was answered by another tasklet: True
import stackless
ask = stackless.channel()
answer = stackless.channel()
asked = answered = 0
def wait(value):
    global asked
    asked += 1
    ask.send(value)
    return answer.receive()
def server():
    global answered
    while True:
        value = ask.receive()
        answered += 1
        answer.send(value)
def g():
    yield wait(1)
    yield wait(2)
def test():
    x = []
    x.extend(g())
    x += g()
    s = set()
    s.update(g())
    d = {}
    d.update((v, v) for v in g())
    b = bytearray(g())
    x[1:1] = g()
    print(x, s == {1, 2}, d, b)
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
