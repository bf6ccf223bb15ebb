def gen(n):
    print("start")
    for i in range(n):
        yield i
    print("end")
    return "value"
g = gen(2)
print(type(g).__name__, g.__name__)
print(next(g), next(g))
try:
    next(g)
except StopIteration as e:
    print("stop", e.value)
print(next(g, "default"), list(gen(3)), iter(g) is g)
print(sum(x * x for x in range(10)), list(x for x in "ab"), sorted(x % 3 for x in range(5)))
