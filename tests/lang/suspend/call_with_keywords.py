# Evaluation of arguments, defaults, and __call__ with keywords.
# expect: ((1,), {'x': 2}) (1, 2, 4) ((1,), {'y': 2}) 5
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class C:
    def __call__(self, *args, **kwargs): return wait((args, kwargs))

def test():
    def f(a, b=wait(2), *, c=wait(3)): return wait((a, b, c))
    print(C()(1, x=2), f(wait(1), c=wait(4)), C()(*[1], **{'y': wait(2)}), (lambda x=wait(5): wait(x))())


run(test)
