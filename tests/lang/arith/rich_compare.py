class N:
    def __init__(self, n):
        self.n = n
    def __lt__(self, o):
        return self.n < o.n
    def __eq__(self, o):
        return isinstance(o, N) and self.n == o.n
    def __repr__(self):
        return f"N{self.n}"
print(N(1) < N(2), N(1) > N(2), N(1) == N(1), N(1) != N(1), N(1) != 1)
print(sorted([N(3), N(1), N(2)]), min(N(3), N(1)), max([N(3), N(1)]))
try:
    N(1) <= N(2)
except TypeError as error:
    print(error)
try:
    {N(1)}
except TypeError as error:
    print(error)
