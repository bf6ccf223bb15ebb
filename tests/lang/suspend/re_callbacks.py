# re: the function given to sub, and iteration over matches.
# modes: -gc-each the modules it imports are too large
# expect: a<1>b<2> ('ayy', 2)
# expect: ['a', 'b'] aBc
# expect: every wait was answered by another tasklet: True
import re
from _waiting import run, wait


def test():
    print(re.sub(r'\d', lambda m: wait(f'<{m[0]}>'), 'a1b2'), re.subn('x', lambda m: wait('y'), 'axx'))
    print([wait(m.group()) for m in re.finditer('[a-z]', 'a1b')], re.compile('b').sub(lambda m: wait('B'), 'abc'))


run(test)
