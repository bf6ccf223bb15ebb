"""Runs a program for some ticks, pickles it with all its tasklets, and finishes it in another process.

    lisle move_process.py save PROGRAM TICKS FILE
    lisle move_process.py finish FILE

What both processes print is what the program prints. The program runs in a namespace that is no module, so that
all of it, globals included, travels by value. The first exits with status 3 when the program ended before its
ticks were used up.
"""
import builtins
import pickle
import stackless
import sys


def ring():
    found = []
    t = stackless.current.next
    while t is not None and not t.is_current:
        found.append(t)
        t = t.next
    return found


def save(program, ticks, file):
    with open(program, encoding='utf-8') as source:
        code = compile(source.read(), program, 'exec')
    space = {'__name__': 'moved', '__builtins__': builtins}
    whole = stackless.tasklet(exec)(code, space)
    stopped = stackless.run(ticks)
    runnable = ring()
    if stopped is not None:
        runnable.append(stopped)
    if not whole.alive:
        return 3
    with open(file, 'wb') as out:
        pickle.dump((whole, runnable), out)
    return 0


def finish(file):
    with open(file, 'rb') as data:
        whole, runnable = pickle.load(data)
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


sys.path.insert(0, 'tests/lang/suspend')
if sys.argv[1] == 'save':
    status = save(sys.argv[2], int(sys.argv[3]), sys.argv[4])
else:
    status = finish(sys.argv[2])
sys.stdout.flush()
sys.exit(status)
