# Tasklets run in the context of who made them; set_context() and context_run() choose another.
# expect: shared 2
# expect: inside 3 outside 2
# expect: child of run 3
# expect: own 10 outside 2
# expect: True True
# expect: run there 10 20 after 2
# expect: kept 20
# expect: RuntimeError the current context of the tasklet has been entered
# expect: TypeError set_context() argument must be Context, not int
# expect: task has a copy 2 5 outside 2
# expect: thread None main 2
# expect: nested [1, 2, 1, None]
# expect: interleaved [('a', 1), ('b', 2), ('a', 1), ('b', 2)]
import contextvars
import lisle
import stackless
import threading

v = contextvars.ContextVar('v', default=None)
v.set(1)


def add_one():
    v.set(v.get() + 1)


stackless.tasklet(add_one)()
stackless.run()
print('shared', v.get())

ctx = contextvars.copy_context()
made = []


def inside():
    v.set(3)
    made.append(stackless.tasklet(lambda: print('child of run', v.get()))())
    return v.get()


print('inside', ctx.run(inside), 'outside', v.get())
stackless.run()

own = contextvars.Context()
t = stackless.tasklet(lambda: (v.set(10), stackless.schedule_remove()))()
print(*(['own', t.set_context(own) and stackless.run() or own[v], 'outside', v.get()]))
print(t.context_id == id(own), stackless.current.context_id != id(own))


def there():
    before = v.get()
    v.set(20)
    return before, v.get()


print('run there', *t.context_run(there), 'after', v.get())
print('kept', own[v])


def fails(f, *args):
    try:
        f(*args)
    except Exception as e:
        print(type(e).__name__, e)


contextvars.Context().run(fails, stackless.current.set_context, contextvars.Context())
fails(t.set_context, 1)
t.kill()


def change():
    before = v.get()
    v.set(5)
    return before, v.get()


print('task has a copy', *lisle.spawn(change).join(), 'outside', v.get())
out = []
thread = threading.Thread(target=lambda: out.append(v.get()))
thread.start()
thread.join()
print('thread', *out, 'main', v.get())


def nested():
    seen = []

    def level(n):
        v.set(n)
        seen.append(v.get())
        if n < 2:
            contextvars.copy_context().run(level, n + 1)
            seen.append(v.get())
    contextvars.Context().run(level, 1)
    seen.append(contextvars.Context().run(v.get))
    return seen


print('nested', nested())
log = []


def turn(name, value):
    v.set(value)
    for _ in range(2):
        log.append((name, v.get()))
        stackless.schedule()


for name, value in (('a', 1), ('b', 2)):
    stackless.tasklet(turn)(name, value).set_context(contextvars.Context())
stackless.run()
print('interleaved', log)
