"""How a test blocks at a position: wait() is answered by another tasklet."""
import stackless

ask = stackless.channel()
answer = stackless.channel()
asked = answered = 0


def wait(value=None):
    """Its argument, after another tasklet has had it."""
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


def run(test):
    stackless.tasklet(server)()
    stackless.tasklet(test)()
    stackless.run()
    print("every wait was answered by another tasklet:", asked == answered > 0)
