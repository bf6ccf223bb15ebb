s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, slice(5), slice(None), s.indices(6), slice(None, None, -1).indices(5), s == slice(1, 10, 2))
class G:
    def __getitem__(self, i):
        return i
g = G()
print(g[1], g[1:2], g[::2], g[1:2, 3], g[..., 1], g[:], g[()], g[1, 2], g[-1:])
class M:
    def __setitem__(self, i, v):
        print("set", i, v)
    def __delitem__(self, i):
        print("del", i)
m = M()
m[1:2] = 5
m[1, 2] = 6
del m[::3], m["a"]
