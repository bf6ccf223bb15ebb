class K:
    def __init__(self, v):
        self.v = v
    def __hash__(self):
        return hash(self.v) % 2
    def __eq__(self, o):
        return isinstance(o, K) and self.v == o.v
    def __repr__(self):
        return f"K{self.v}"
d = {K(i): i for i in range(6)}
d[K(3)] = "three"
print(d, d[K(5)], K(9) in d, d.pop(K(0)), len(d))
class NoHash:
    def __eq__(self, o):
        return True
try:
    d[NoHash()] = 1
except TypeError as error:
    print(error)
