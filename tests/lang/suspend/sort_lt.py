# expect: [1, 2, 3]
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
class L:
    def __init__(self, v):
        self.v = v
    def __lt__(self, o):
        return wait(self.v) < o.v
def test():
    print([v.v for v in sorted([L(3), L(1), L(2)])])
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
