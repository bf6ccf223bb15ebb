# str.join of a generator, str.format fields, __format__ and nested specs.
# expect: a, b, c name key <spec> <__
# expect: <inner> <x> <y> 1
# expect: attr
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class A:
    def __getattr__(self, name): return wait(name)
    def __getitem__(self, key): return wait(key)
    def __format__(self, spec): return wait('<' + spec + '>')

def test():
    print(', '.join(wait(s) for s in 'abc'), '{0.name} {0[key]} {0:spec} {0!s:.3}'.format(A())[:20])
    print('{:{}}'.format(A(), 'inner'), format(A(), 'x'), f'{A():{"y"}}', '%(k)s' % {'k': wait(1)})
    print('{x.attr}'.format_map({'x': A()}))


run(test)
