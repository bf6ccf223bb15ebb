# expect: lt le gt ge
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
    def __lt__(self, o):
        return wait("lt")
    def __le__(self, o):
        return wait("le")
    def __gt__(self, o):
        return wait("gt")
    def __ge__(self, o):
        return wait("ge")
def test():
    print(C() < 1, C() <= 1, C() > 1, C() >= 1)
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
