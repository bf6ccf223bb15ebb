# expect: 1 2
# expect: 2
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
    def __init__(self, v):
        self.v = v
    def __eq__(self, o):
        return wait(self.v == o.v)
def test():
    x = [C(1), C(2), C(2)]
    print(x.index(C(2)), x.count(C(2)))
    x.remove(C(1))
    print(len(x))
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
