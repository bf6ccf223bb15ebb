# expect: 1
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
class C:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        return (int(D(v)) for v in range(self.n + 1))
class D:
    def __init__(self, v):
        self.v = v
    def __int__(self):
        return self.twice // 2
    @property
    def twice(self):
        return max([self.v * 2], key=wait)
def test():
    print(sorted([C(2), C(1)], key=lambda c: sum(c))[0].n)
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
