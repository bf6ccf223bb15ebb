"""Runs a program up to one of its waits, pickles it with all its tasklets, and finishes it in another process.

    lisle move_process.py save PROGRAM NUMBER FILE
    lisle move_process.py finish FILE
    lisle move_process.py whole PROGRAM

What both processes print is what the program prints. The program runs in a namespace that is no module, so that
all of it, globals included, travels by value. The first exits with status 3 when the program ended before the wait
of that number.
"""
import builtins
import pickle
import stackless
import sys

sys.path.insert(0, 'tests/lang/suspend')
import _waiting
from _waiting import wait  # some modules of the tests look for it in __main__


def ring():
    found = []
    t = stackless.current.next
    while t is not None and not t.is_current:
        found.append(t)
        t = t.next
    return found


# What of the module _waiting is no function: modules go by name, and so their variables stay behind.
VARIABLES = ('ask', 'answer', 'asked', 'answered')


def start(program):
    with open(program, encoding='utf-8') as source:
        code = compile(source.read(), program, 'exec')
    space = {'__name__': 'moved', '__builtins__': builtins}
    return stackless.tasklet(exec)(code, space)


def run_whole(program):
    start(program)
    stackless.run()
    return 0


def save(program, number, file):
    whole = start(program)
    stopped = None
    _waiting.stop_at = number
    while whole.alive and _waiting.asked < number:
        if stopped is not None:
            stopped.insert()
        stopped = stackless.run(1)
    runnable = ring()
    if stopped is not None:
        runnable.append(stopped)
    if not whole.alive:
        return 3
    with open(file, 'wb') as out:
        pickle.dump((list(sys.modules), sys.path), out)
        pickle.dump((whole, runnable, [getattr(_waiting, name) for name in VARIABLES]), out)
    return 0


def import_again(names):
    """What the program had imported: a module goes by its name alone, without those that lie in it."""
    for name in names:
        try:
            __import__(name)
        except ImportError:
            pass


def finish(file):
    # Constructors and keys that wait() while they are read need somebody who answers.
    stackless.tasklet(_waiting.server)()
    with open(file, 'rb') as data:
        modules, sys.path = pickle.load(data)
        import_again(modules)
        whole, runnable, values = pickle.load(data)
    for name, value in zip(VARIABLES, values):
        setattr(_waiting, name, value)
    for t in runnable:
        if t is not whole:
            t.insert()
    # While others run, the program itself waits in run(), or is one of those that were stopped.
    if any(t is whole for t in runnable):
        whole.insert()
    stackless.run()
    while whole.alive:
        whole.insert()
        stackless.run()
    return 0


if sys.argv[1] == 'save':
    status = save(sys.argv[2], int(sys.argv[3]), sys.argv[4])
elif sys.argv[1] == 'whole':
    status = run_whole(sys.argv[2])
else:
    status = finish(sys.argv[2])
sys.stdout.flush()
sys.exit(status)
