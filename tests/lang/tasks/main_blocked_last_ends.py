# expect: ends
# expect: the main tasklet is receiving without a sender available.
import stackless
c = stackless.channel()
def f():
    print("ends")
stackless.tasklet(f)()
try:
    c.receive()
except RuntimeError as error:
    print(error)
