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
class M(type):
    def __instancecheck__(c, o):
        return wait(True)
    def __subclasscheck__(c, o):
        return wait(True)
class C(metaclass=M):
    pass
def test():
    print(isinstance(1, C), issubclass(int, C))
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
