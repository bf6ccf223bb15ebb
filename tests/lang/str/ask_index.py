# Counts and bounds ask __index__.


class C:
    def __index__(self):
        return 2


def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


for f in (
    lambda: 'abc'[C()],
    lambda: 'abc'[C():],
    lambda: 'ab' * C(),
    lambda: 'a b c d'.split(' ', C()),
    lambda: 'abcabc'.find('b', C()),
    lambda: 'x'.center(C()),
    lambda: 'aaa'.replace('a', 'b', C()),
):
    show(f)
