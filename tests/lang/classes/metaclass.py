class Meta(type):
    def __new__(mcs, name, bases, ns, **kw):
        print("new", name, [b.__name__ for b in bases], kw)
        cls = super().__new__(mcs, name, bases, ns)
        cls.added = name.lower()
        return cls
    def __init__(cls, name, bases, ns, **kw):
        print("init", name)
        super().__init__(name, bases, ns)
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        print("prepare", name)
        return {"prepared": True}
    def __call__(cls, *args):
        print("call", args)
        return super().__call__(*args)
    def __len__(cls):
        return 7
    def meta_method(cls):
        return cls.__name__
class A(metaclass=Meta, opt=1):
    def __init__(self, v=None):
        self.v = v
class B(A): pass
print(A.added, B.prepared, len(B), B.meta_method(), type(B).__name__, A(3).v)
try:
    B().meta_method
except AttributeError as error:
    print(error)
class M2(type): pass
try:
    class Bad(A, metaclass=M2): pass
except TypeError as error:
    print(error)
