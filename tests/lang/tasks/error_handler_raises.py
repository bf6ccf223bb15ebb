# expect: in the dying tasklet: True
# expect: main got KeyError('replaced')
# expect: not asked for SystemExit: 3
import stackless
def handler(kind, value, tb):
    print("in the dying tasklet:", stackless.current is t and t.alive)
    raise KeyError("replaced")
stackless.set_error_handler(handler)
def fail(e):
    raise e
t = stackless.tasklet(fail)(ValueError("first"))
try:
    stackless.run()
except KeyError as error:
    print("main got", repr(error))
stackless.tasklet(fail)(SystemExit(3))
try:
    stackless.run()
except SystemExit as error:
    print("not asked for SystemExit:", error.code)
