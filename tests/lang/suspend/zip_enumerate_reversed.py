# expect: [(1, 1), (2, 2)] [(0, 1), (1, 2)] [20, 10, 0]
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
class R:
    def __len__(self):
        return wait(3)
    def __getitem__(self, i):
        return wait(i * 10)
def test():
    print(list(zip(g(), g())), list(enumerate(g())), list(reversed(R())))
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
