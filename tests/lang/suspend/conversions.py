# expect: 1 1.5 6 7 8 9 1j
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
    def __int__(self):
        return wait(1)
    def __float__(self):
        return wait(1.5)
    def __index__(self):
        return wait(1)
    def __abs__(self):
        return wait(7)
    def __round__(self):
        return wait(8)
    def __hash__(self):
        return wait(9)
    def __complex__(self):
        return wait(1j)
def test():
    print(int(C()), float(C()), [5, 6][C()], abs(C()), round(C()), hash(C()), complex(C()))
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
