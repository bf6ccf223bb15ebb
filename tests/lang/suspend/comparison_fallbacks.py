# Reflected comparisons after NotImplemented, and identity at the end.
# expect: B eq True False B gt B ne
# expect: '<' not supported between instances of 'A' and 'A'
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class A:
    def __eq__(self, o): return wait(NotImplemented)
    def __lt__(self, o): return wait(NotImplemented)

class B:
    def __eq__(self, o): return wait('B eq')
    def __gt__(self, o): return wait('B gt')
    def __ne__(self, o): return wait('B ne')

def test():
    a, b = A(), B()
    print(a == b, a == a, a == A(), a < b, a != b)
    try:
        a < A()
    except TypeError as e:
        print(e)


run(test)
