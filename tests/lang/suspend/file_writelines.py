# Lines that are generated for writelines().
# expect: ['a', 'b']
# expect: every wait was answered by another tasklet: True
import io
from _waiting import run, wait


def test():
    s = io.StringIO()
    s.writelines(wait(x) for x in ('a\n', 'b\n'))
    print(s.getvalue().split())


run(test)
