# expect: [0, 1] 9
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
async def leaf():
    return wait(9)
async def agen():
    yield wait(0)
    yield wait(1)
async def main():
    return f"{[v async for v in agen()]} {await leaf()}"
def test():
    try:
        main().send(None)
    except StopIteration as e:
        print(e.value)
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
