for value in (1, "a", None, [], {}):
    try:
        value()
    except TypeError as error:
        print(error)
class C: pass
try:
    C()()
except TypeError as error:
    print(error)
class D:
    def __call__(self, x):
        return x * 2
print(D()(4), callable(D()), callable(C()), callable(len), callable(D))
