class C:
    def __str__(self):
        return "str of C"
class D:
    def __repr__(self):
        return "repr of D"
print(str(C()), str(D()), [D()], str(), str(b"ab", "ascii"), str(b"ab"), str(None), f"{C()} {D()!r}")
class E:
    def __str__(self):
        return 5
try:
    str(E())
except TypeError as error:
    print(error)
