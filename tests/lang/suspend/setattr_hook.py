# expect: set x 1
# expect: del x
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
class C:
    def __setattr__(self, n, v):
        print("set", n, wait(v))
    def __delattr__(self, n):
        print("del", wait(n))
def test():
    c = C()
    c.x = 1
    del c.x
    print("done")
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
