a = 1
def f(p):
    q = 2
    return sorted(locals().items())
print(f(5), globals()["a"], "f" in globals(), globals() is locals())
globals()["b"] = 7
print(b)
class C:
    x = 1
    names = sorted(n for n in locals() if not n.startswith("__"))
print(C.names)
