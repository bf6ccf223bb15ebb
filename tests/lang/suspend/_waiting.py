"""How a test blocks at a position: wait() is answered by another tasklet."""
import stackless

ask = stackless.channel()
answer = stackless.channel()
asked = answered = 0
stop_at = 0  # the number of the wait that tests/tools/move_process.py is to find it in


def wait(value=None):
    """Its argument, after another tasklet has had it."""
    global asked
    asked += 1
    while asked == stop_at:
        stackless.schedule()
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
