# expect: made C
# expect: called
# expect: 7 1
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
    def __new__(m, name, bases, ns):
        print("made", wait(name))
        c = super().__new__(m, name, bases, ns)
        c.tag = wait(7)
        return c
    def __call__(cls):
        print(wait("called"))
        return super().__call__()
def test():
    class C(metaclass=M):
        x = 1
    print(C.tag, C().x)
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
