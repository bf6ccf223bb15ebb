class C: pass
r = repr(C())
print(r.startswith("<__main__.C object at 0x"), r.endswith(">"), repr(C), repr(int), repr(type), C, [int])
def f(): pass
print(repr(f).startswith("<function f at 0x"), repr(len), repr(C.__init__)[:13], repr("a".upper).startswith("<built-in method upper of str object at 0x"))
print(repr(C().__init__)[:15], NotImplemented, Ellipsis, ..., None, type(None), repr(object.__repr__))
