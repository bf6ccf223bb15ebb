# expect: this tasklet does not like to be blocked.
import stackless
c = stackless.channel()
def f():
    stackless.getcurrent().block_trap = True
    try:
        c.receive()
    except RuntimeError as error:
        print(error)
stackless.tasklet(f)()
stackless.run()
