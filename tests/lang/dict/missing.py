class D(dict):
    def __missing__(self, key):
        self[key] = value = key * 2
        return value
d = D()
print(d["ab"], d[4], d, d.get("zz"), "zz" in d)
