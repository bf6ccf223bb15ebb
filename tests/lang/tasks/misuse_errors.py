# expect: tasklet function must be a callable or None
# expect: tasklet is alive
# expect: the tasklet was not bound to a function
# expect: You cannot run an unbound(dead) tasklet
# expect: You cannot run a blocked tasklet
# expect: You cannot remove a blocked tasklet.
# expect: The current tasklet cannot be removed.
import stackless
def attempt(f):
    try:
        f()
    except (RuntimeError, TypeError) as error:
        print(error)
c = stackless.channel()
blocked = stackless.tasklet(c.receive)()
stackless.run()
waiting = stackless.tasklet(lambda: None).bind(lambda: None, ())
attempt(lambda: stackless.tasklet(5))
attempt(lambda: waiting())
attempt(lambda: stackless.tasklet()())
attempt(lambda: stackless.tasklet().insert())
attempt(lambda: blocked.insert())
attempt(lambda: blocked.remove())
attempt(lambda: stackless.getcurrent().remove())
