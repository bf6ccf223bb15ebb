# expect: [(1, 1), (0, 0)]
import stackless
log = []
def callback(channel, tasklet, sending, willblock):
    log.append((int(sending), int(willblock)))
stackless.set_channel_callback(callback)
c = stackless.channel()
stackless.tasklet(c.send)(1)
stackless.tasklet(c.receive)()
stackless.run()
stackless.set_channel_callback(None)
print(log)
