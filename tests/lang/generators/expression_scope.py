n = 3
g = (n * i for i in range(n))
n = 10
print(list(g))
def f():
    k = 2
    g = (k + i for i in range(2))
    k = 100
    return list(g)
print(f())
try:
    (x for x in 5)
except TypeError as e:
    print(e)
print(sum(x for x in [1, 2]), max((len(w) for w in ["a", "bcd"]), default=0), list((i, j) for i in range(2) for j in "ab" if i or j == "a"))
