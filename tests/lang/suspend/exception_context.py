# Blocking between raise and handler does not mix up what is handled.
# expect: first
# expect: 'second' ValueError('first')
# expect: first
# expect: None
# expect: every wait was answered by another tasklet: True
import sys
from _waiting import run, wait


def test():
    try:
        raise ValueError('first')
    except ValueError:
        wait()
        print(sys.exc_info()[1])
        try:
            raise KeyError('second')
        except KeyError as e:
            wait()
            print(sys.exc_info()[1], repr(e.__context__))
        wait()
        print(sys.exc_info()[1])
    print(sys.exc_info()[1])


run(test)
