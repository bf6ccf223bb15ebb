# expect: origin in the traceback: True
import stackless
import sys
c = stackless.channel()
def origin():
    raise KeyError("from afar")
def sender():
    try:
        origin()
    except KeyError:
        c.send_throw(*sys.exc_info())
def receiver():
    try:
        c.receive()
    except KeyError as error:
        names = []
        tb = error.__traceback__
        while tb:
            names.append(tb.tb_frame.f_code.co_name)
            tb = tb.tb_next
        print("origin in the traceback:", "origin" in names)
stackless.tasklet(receiver)()
stackless.tasklet(sender)()
stackless.run()
