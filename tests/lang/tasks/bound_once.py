# A tasklet runs what it was bound to once; a new life needs a new function. Who waits in run() and the main tasklet
# keep their frames.
# expect: False RuntimeError('the tasklet was not bound to a function')
# expect: RuntimeError('the tasklet was not bound to a function')
# expect: again ran 3
# expect: setup ran 4
# expect: dead RuntimeError('the tasklet was not bound to a function')
# expect: dead copy RuntimeError('the tasklet was not bound to a function')
# expect: main RuntimeError('tasklet has C state on its stack')
# expect: main RuntimeError('tasklet has C state on its stack')
# expect: main RuntimeError('tasklet has C state on its stack')
# expect: main RuntimeError('tasklet has C state on its stack')
# expect: waiting RuntimeError('tasklet has C state on its stack')
# expect: waiting RuntimeError('tasklet has C state on its stack')
# expect: inner run is over
# expect: done
import pickle
import stackless


def attempt(what, operation, *args, **kwargs):
    try:
        print(what, operation(*args, **kwargs))
    except RuntimeError as e:
        print(what, repr(e))


def ran(n):
    print(what, 'ran', n)
    return n


what = 'first'
t = stackless.tasklet(lambda n: n)(1)
stackless.run()
attempt(t.alive, t, 2)
try:
    t.bind(None, (2,))
except RuntimeError as e:
    print(repr(e))
what = 'again'
t.bind(ran)(3)
stackless.run()
what = 'setup'
t.bind(ran, (4,)).insert()
stackless.run()
attempt('dead', t.setup, 5)
attempt('dead copy', pickle.loads(pickle.dumps(t)), 5)

main = stackless.getmain()


def rebind_main():
    attempt('main', main.bind, ran)
    attempt('main', main.__init__, ran)
    attempt('main', main.bind, None)
    attempt('main', main.bind, None, (1,))


stackless.tasklet(rebind_main)()
stackless.run()


def waits():
    stackless.tasklet(rebind)(stackless.getcurrent())
    stackless.run()
    print('inner run is over')


def rebind(waiting):
    attempt('waiting', waiting.bind, ran)
    attempt('waiting', waiting.bind, None)


stackless.tasklet(waits)()
stackless.run()
print('done')
