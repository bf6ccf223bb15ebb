# expect: True True True 5
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
    def __lt__(self, o):
        return wait(self.v < o.v)
    def __gt__(self, o):
        return wait(self.v > o.v)
def test():
    print([C(1), C(2)] == [C(1), C(2)], [C(1)] < [C(2)], (C(3),) > (C(2),), max([C(1), C(5)]).v)
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
