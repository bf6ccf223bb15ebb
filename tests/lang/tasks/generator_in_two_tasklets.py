# expect: generator already executing
# expect: inside
import stackless
def g():
    stackless.schedule()
    yield "inside"
it = g()
def first():
    print(next(it))
def second():
    try:
        next(it)
    except ValueError as error:
        print(error)
stackless.tasklet(first)()
stackless.tasklet(second)()
stackless.run()
