# __reversed__ and what it returns.
# expect: ['c', 'b', 'a'] [2, 1]
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class R:
    def __reversed__(self):
        wait()
        return iter('cba')

class Steps:
    def __reversed__(self):
        for n in (2, 1):
            yield wait(n)

def test():
    print(list(reversed(R())), list(reversed(Steps())))


run(test)
