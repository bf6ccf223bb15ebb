# expect: send 1 tempval 7
# expect: receive 0 tempval None
# expect: got 7
# expect: Recursive channel call due to callbacks!
# expect: the actor gets what the callback raises: callback
import stackless
c = stackless.channel()
def callback(channel, tasklet, sending, willblock):
    print("send" if sending else "receive", willblock, "tempval", tasklet.tempval)
    assert channel is c and tasklet is stackless.current
stackless.set_channel_callback(callback)
stackless.tasklet(c.send)(7)
stackless.run()
print("got", c.receive())
def recursive(*args):
    try:
        c.send(1)
    except RuntimeError as error:
        print(error)
    raise ValueError("callback")
stackless.set_channel_callback(recursive)
try:
    c.receive()
except ValueError as error:
    print("the actor gets what the callback raises:", error)
stackless.set_channel_callback(None)
