# expect: 10
# expect: set 2 3
# expect: del 4
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
    def __getitem__(self, i):
        return wait(i * 10)
    def __setitem__(self, i, v):
        print("set", i, wait(v))
    def __delitem__(self, i):
        print("del", wait(i))
def test():
    c = C()
    print(c[1])
    c[2] = 3
    del c[4]
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
