# __class_getitem__ and a metaclass's __getitem__.
# expect: ('G', <class 'int'>) 1 4 ['from the metaclass'] True ('called', (1, 2))
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class G:
    def __class_getitem__(cls, item): return wait((cls.__name__, item))

class M(type):
    def __getitem__(cls, item): return wait(item)
    def __len__(cls): return wait(4)
    def __iter__(cls):
        yield wait('from the metaclass')
    def __contains__(cls, x): return wait(x == 1)
    def __call__(cls, *args): return wait(('called', args))

class C(metaclass=M): pass

def test():
    print(G[int], C[1], len(C), list(C), 1 in C, C(1, 2))


run(test)
