# expect: {'a': 'aa', 'b': 'bb'} {'a': 'aa', 'b': 'bb'}
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
class K:
    def keys(self):
        return wait(["a", "b"])
    def __getitem__(self, k):
        return wait(k * 2)
def test():
    d = {}
    d.update(K())
    print(d, {**K()})
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
