# expect: add radd neg floordiv pow
# expect: iadd
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
    def __add__(self, o):
        return wait("add")
    def __radd__(self, o):
        return wait("radd")
    def __neg__(self):
        return wait("neg")
    def __floordiv__(self, o):
        return wait("floordiv")
    def __pow__(self, o):
        return wait("pow")
    def __iadd__(self, o):
        return wait("iadd")
def test():
    print(C() + 1, 1 + C(), -C(), C() // 2, C() ** 2)
    c = C()
    c += 1
    print(c)
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
