# expect: in
# expect: exit None
# expect: exit KeyError
# expect: after
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
    def __enter__(self):
        return wait("in")
    def __exit__(self, t, v, tb):
        print("exit", wait(t and t.__name__))
        return wait(True)
def test():
    with C() as v:
        print(v)
    with C():
        raise KeyError
    print("after")
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
