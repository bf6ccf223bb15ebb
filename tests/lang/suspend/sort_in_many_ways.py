# list.sort and sorted with keys, reverse, and comparisons that raise.
# expect: [3, 2, 1] [3, 2, 1] ['a', 'b', 'c']
# expect: 1
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class C:
    def __init__(self, v): self.v = v
    def __lt__(self, o):
        if wait(o.v) == 99:
            raise ValueError('99')
        return self.v < o.v

def test():
    l = [C(v) for v in (3, 1, 2)]
    l.sort(reverse=True)
    print([c.v for c in l], [c.v for c in sorted(l, key=lambda c: wait(-c.v))], sorted((wait(c) for c in 'cab')))
    l.append(C(99))
    try:
        l.sort()
    except ValueError as e:
        print(e, len(l))
    print(sorted([(1, C(2)), (1, C(1))], key=lambda t: t)[0][1].v)


run(test)
