# expect: given True
import stackless
def f():
    a = stackless.schedule("given")
    b = stackless.schedule()
    print(a, b is stackless.getcurrent())
stackless.tasklet(f)()
stackless.run()
