# pickle: __reduce__, __getstate__, __setstate__ and persistent_id.
# modes: -gc-each the modules it imports are too large
# expect: 2 5
# expect: every wait was answered by another tasklet: True
import io
import pickle
from _waiting import run, wait


class P:
    def __init__(self, x): self.x = x
    def __getstate__(self): return wait({'x': self.x})
    def __setstate__(self, state): self.x = wait(state['x'] + 1)

def build(x):
    return P(wait(x))

class R:
    def __reduce__(self): return wait((build, (5,)))

def test():
    print(pickle.loads(pickle.dumps(P(1))).x, pickle.loads(pickle.dumps([R()]))[0].x)


run(test)
