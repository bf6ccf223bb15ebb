class N:
    def __int__(self): return 7
    def __float__(self): return 7.5
    def __index__(self): return 2
    def __complex__(self): return 1j
    def __round__(self, n=None): return ("round", n)
    def __trunc__(self): return 1
    def __bytes__(self): return b"by"
    def __format__(self, spec): return f"<{spec}>"
    def __hash__(self): return 11
    def __bool__(self): return False
n = N()
print(int(n), float(n), [1, 2, 3][n], complex(n), round(n), round(n, 2), bytes(n), f"{n:abc}", format(n), hash(n), bool(n), hex(n), range(5)[n])
class Bad:
    def __bool__(self): return 1
    def __hash__(self): return "x"
    def __index__(self): return "y"
    def __len__(self): return "z"
for f in (lambda: bool(Bad()), lambda: hash(Bad()), lambda: [1][Bad()], lambda: len(Bad())):
    try:
        f()
    except TypeError as error:
        print(error)
