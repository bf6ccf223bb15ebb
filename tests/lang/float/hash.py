print(hash(1.0) == hash(1), hash(0.5), hash(float("inf")), hash(-float("inf")), hash(1e300), hash(-0.0))
print({1: "a", 1.0: "b", True: "c"})
