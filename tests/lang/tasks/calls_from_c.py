# A call that stands for one out of C counts in nesting_level, and fixes its tasklet to its thread and its binding.
# expect: outside 0 True
# expect: inside 2 False
# expect: paused 1 False
# expect: RuntimeError tasklet has C state on its stack
# expect: RuntimeError tasklet has C state on its stack
# expect: result (1, {'key': 2})
# expect: afterwards 0 False
# expect: main 0 False
# expect: raised KeyError 0
import stackless

call = stackless._test_nostacklesscall


def tell(name, t):
    print(name, t.nesting_level, t.restorable)


def work():
    me = stackless.getcurrent()
    tell('outside', me)
    call(call, tell, 'inside', me)
    call(stackless.schedule_remove)
    print('result', call(lambda *args, **kwargs: (args[0], kwargs), 1, key=2))


t = stackless.tasklet(work)()
stackless.run()
tell('paused', t)
for operation in (t.bind_thread, lambda: t.bind(None)):
    try:
        operation()
    except RuntimeError as e:
        print(type(e).__name__, e)
t.insert()
stackless.run()
print('afterwards', t.nesting_level, t.alive)
tell('main', stackless.getmain())
try:
    stackless.test_cstate({}.__getitem__, 1)
except TypeError:
    pass
try:
    stackless.test_cstate(lambda: {}[1])
except KeyError as e:
    print('raised', type(e).__name__, stackless.getmain().nesting_level)
