# copy and deepcopy: __copy__, __deepcopy__, __reduce_ex__, __setstate__.
# modes: -gc-each the modules it imports are too large
# expect: copied ['deep'] {'x': 1} {'x': 1} [1, 2]
# expect: every wait was answered by another tasklet: True
import copy
from _waiting import run, wait


class C:
    def __copy__(self): return wait('copied')
    def __deepcopy__(self, memo): return wait('deep')

class S:
    def __getstate__(self): return wait({'x': 1})
    def __setstate__(self, state): self.got = wait(state)

class R:
    def __reduce__(self): return wait((list, ((1, 2),)))

def test():
    print(copy.copy(C()), copy.deepcopy([C()]), copy.copy(S()).got, copy.deepcopy(S()).got, copy.copy(R()))


run(test)
