# contextlib: generators as context managers, ExitStack, suppress, closing.
# modes: -gc-each the modules it imports are too large
# expect: enter a
# expect: enter b
# expect: a b
# expect: exit b
# expect: exit a
# expect: enter c
# expect: callback 1
# expect: exit c
# expect: every wait was answered by another tasklet: True
import contextlib
from _waiting import run, wait


@contextlib.contextmanager
def manager(name):
    print('enter', wait(name))
    try:
        yield wait(name)
    finally:
        print('exit', wait(name))

def test():
    with manager('a') as a, manager('b') as b:
        print(a, b)
    with contextlib.ExitStack() as stack:
        stack.enter_context(manager('c'))
        stack.callback(lambda: print('callback', wait(1)))
    with contextlib.suppress(wait(ValueError)):
        raise ValueError(wait('x'))


run(test)
