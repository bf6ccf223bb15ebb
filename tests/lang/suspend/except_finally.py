# expect: except 1
# expect: finally 2
# expect: ValueError(1)
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
    try:
        try:
            raise ValueError(wait(1))
        except ValueError as e:
            print("except", wait(e.args[0]))
            raise KeyError from e
        finally:
            print("finally", wait(2))
    except KeyError as k:
        print(repr(k.__cause__))
stackless.tasklet(server)()
stackless.tasklet(test)()
stackless.run()
print("every wait was answered by another tasklet:", asked == answered > 0)
