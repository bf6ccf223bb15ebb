# expect: True False True 1 True
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
    def __eq__(self, o):
        return wait(True) if not isinstance(o, int) or o == 1 else False
def test():
    print(C() == 1, C() != 1, C() in [C()], [0, C()].index(1), (C(),) == (1,))
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
