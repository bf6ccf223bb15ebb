# expect: {'k': 9} [5]
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
def test():
    d = {"k": 1}
    d["k"] += wait(2)
    d[wait("k")] *= wait(3)
    x = [0]
    x[wait(0)] += wait(5)
    print(d, x)
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
