# The expression of an except clause.
# expect: caught 'x'
# expect: outer
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


def error():
    return wait(KeyError)

def test():
    try:
        {}['x']
    except error() as e:
        print('caught', e)
    try:
        try:
            1 / 0
        except (wait(OSError), wait(KeyError)):
            pass
    except wait(ZeroDivisionError):
        print('outer')


run(test)
