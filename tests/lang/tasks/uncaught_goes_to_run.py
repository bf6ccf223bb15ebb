# expect: caught ValueError('one')
# expect: caught KeyError('two')
# expect: third
import stackless
def fail(e):
    raise e
stackless.tasklet(fail)(ValueError("one"))
stackless.tasklet(fail)(KeyError("two"))
stackless.tasklet(lambda: print("third"))()
for _ in range(2):
    try:
        stackless.run()
    except Exception as error:
        print("caught", repr(error))
stackless.run()
