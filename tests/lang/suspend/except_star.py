# Inside except* clauses and while the groups are split.
# expect: value 1
# expect: type 1
# expect: key
# expect: (G('a', [OSError(2)]), G('a', [ValueError(1)])) a (1 sub-exception)
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class G(ExceptionGroup):
    def derive(self, excs):
        wait()
        return G(self.message, excs)

def test():
    try:
        raise G('g', [ValueError(1), TypeError(2), KeyError(3)])
    except* wait(ValueError) as e:
        print('value', wait(len(e.exceptions)))
    except* TypeError as e:
        print('type', wait(len(e.exceptions)))
    except* KeyError:
        wait()
        print('key')
    g = G('a', [ValueError(1), OSError(2)])
    print(g.split(lambda e: wait(isinstance(e, OSError))), g.subgroup(ValueError))


run(test)
