# expect: S R S R F:spec [R] {1: R} (R,) S R S R
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
    def __repr__(self):
        return wait("R")
    def __str__(self):
        return wait("S")
    def __format__(self, spec):
        return wait("F:" + spec) if spec else str(self)
def test():
    print(C(), repr(C()), f"{C()} {C()!r} {C():spec}", [C()], {1: C()}, (C(),), "%s %r" % (C(), C()), "{} {!r}".format(C(), C()))
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
