# expect: set_name n
# expect: init_subclass D
# expect: done
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
class N:
    def __set_name__(self, o, n):
        print("set_name", wait(n))
class B:
    def __init_subclass__(cls):
        print("init_subclass", wait(cls.__name__))
def test():
    class D(B):
        n = N()
    print("done")
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
