# The message of a failing assert, and its condition.
# expect: message
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


def test():
    try:
        assert wait(False), wait('message')
    except AssertionError as e:
        print(e)


run(test)
