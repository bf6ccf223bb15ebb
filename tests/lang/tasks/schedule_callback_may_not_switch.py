# expect: Recursive scheduler call due to callbacks!
# expect: ran
import stackless
done = []
def callback(previous, following):
    try:
        stackless.schedule()
    except RuntimeError as error:
        if not done:
            print(error)
            done.append(1)
stackless.set_schedule_callback(callback)
stackless.tasklet(print)("ran")
stackless.run()
