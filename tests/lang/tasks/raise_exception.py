# expect: IndexError('a', 'b')
import stackless
def f():
    try:
        stackless.schedule_remove()
    except IndexError as error:
        print(repr(error))
t = stackless.tasklet(f)()
stackless.run()
t.raise_exception(IndexError, "a", "b")
