# expect: receiver caught ValueError('broken', 5)
# expect: sender goes on
# expect: channel.send_exception needs Exception or string subclass as first parameter
import stackless
c = stackless.channel()
def receiver():
    try:
        c.receive()
    except ValueError as error:
        print("receiver caught", repr(error))
def sender():
    c.send_exception(ValueError, "broken", 5)
    print("sender goes on")
stackless.tasklet(receiver)()
stackless.tasklet(sender)()
stackless.run()
try:
    c.send_exception(ValueError("instance"))
except TypeError as error:
    print(error)
