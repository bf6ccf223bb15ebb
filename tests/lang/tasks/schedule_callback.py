# expect: callback is called at each switch: True
import stackless
log = []
def callback(previous, following):
    log.append((previous, following))
stackless.set_schedule_callback(callback)
t = stackless.tasklet(stackless.schedule)()
stackless.run()
stackless.set_schedule_callback(None)
main = stackless.getcurrent()
print("callback is called at each switch:", (main, t) in log and (t, main) in log)
