class C:
    n = 0
    @classmethod
    def make(cls, v):
        obj = cls()
        obj.v = v
        cls.n += 1
        return obj
    @staticmethod
    def add(a, b):
        return a + b
class D(C): pass
print(C.make(1).v, type(D.make(2)).__name__, C.n, D.n, C.add(1, 2), D().add(3, 4), C().make(5).v)
print(C.__dict__["add"].__func__(1, 1), type(C.__dict__["make"]).__name__)
