# expect: True True
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
    def __contains__(self, v):
        return wait(v == 1)
def test():
    print(1 in C(), 2 not in C())
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
