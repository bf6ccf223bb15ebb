# expect: [1, 2] [1, 2] 3 True {1: 1, 2: 2}
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
    def __iter__(self):
        new = C()
        new.i = wait(0)
        return new
    def __next__(self):
        if self.i == 2:
            raise StopIteration
        self.i += wait(1)
        return self.i
def test():
    print([v for v in C()], list(C()), sum(C()), 2 in C(), dict(zip(C(), C())))
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
