def v(n):
    print("value", n)
    return n
class T:
    def __setattr__(self, name, value):
        print("set", name, value)
def t():
    print("target")
    return T()
t().a, t().b = v(1), v(2)
d = {}
d[v("k")] = v("val")
d[v("k2")], d[v("k3")] = v(1), v(2)
