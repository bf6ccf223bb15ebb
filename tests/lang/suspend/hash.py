# expect: one True 1
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
    def __hash__(self):
        return wait(self.v)
    def __eq__(self, o):
        return self.v == o.v
def test():
    d = {C(1): "one"}
    d[C(2)] = "two"
    print(d[C(1)], C(2) in d, len({C(1), C(1)}))
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
