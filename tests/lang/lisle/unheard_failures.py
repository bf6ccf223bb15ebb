# What a task raised waits for whoever joins it, and is printed at the end if nobody does.
# expect: run() went on
# expect: join heard 'joined'
# expect: the end
# expect: Exception in task 'fail', which nobody has joined:
# expect: KeyError('alone')
import lisle
import sys


def fail(text):
    raise KeyError(text)


joined = lisle.spawn(fail, 'joined')
alone = lisle.spawn(fail, 'alone')
lisle.run()
print('run() went on')
try:
    joined.join()
except KeyError as e:
    print('join heard', e)
sys.stderr = sys.stdout
import atexit
atexit.register(lambda: print('the end'))
import traceback
traceback.print_exception = lambda e: print(repr(e))
