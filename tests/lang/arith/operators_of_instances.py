# Operators and subscripts of the program's classes: who is asked, in which order, and what NotImplemented does.
log = []


class Base:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


def method(op, answer):
    def f(self, other=None, *rest):
        log.append((self.name, op))
        return answer
    return f


class Left(Base):
    __add__ = method("add", NotImplemented)
    __sub__ = method("sub", "left")
    __iadd__ = method("iadd", NotImplemented)
    __imul__ = method("imul", "in place")


class Right(Base):
    __radd__ = method("radd", "right")
    __rsub__ = method("rsub", "right")
    __rmul__ = method("rmul", NotImplemented)


class Sub(Left):
    __rsub__ = method("rsub", "sub")


class Plain(Base):
    def __add__(self, other):
        return (self.name, other)

    def __getitem__(self, key):
        return key

    def __setitem__(self, key, value):
        log.append((key, value))

    def __mul__(self, *others):
        return others

    def __xor__(self, other, more=1):
        return other, more


def show(f):
    log.clear()
    try:
        print(f(), log)
    except TypeError as e:
        print("TypeError", e, log)


l, r, s, p = Left("l"), Right("r"), Sub("s"), Plain("p")


def inplace(x, y):
    x += y
    return x


def inplace_by_one(x):
    x += 1
    return x


def inplace_mul(x, y):
    x *= y
    return x


def inplace_sub(x, y):
    x -= y
    return x


for f in [lambda: l + r, lambda: l + 1, lambda: l + l, lambda: l - r, lambda: l - s, lambda: s - l, lambda: s - s, lambda: l - 1, lambda: 1 - r,
          lambda: 1 + l, lambda: l * r, lambda: r * 2, lambda: 2 * r, lambda: inplace(l, r), lambda: inplace(l, 1), lambda: inplace_by_one(l),
          lambda: inplace_by_one(p), lambda: inplace_mul(l, r), lambda: inplace_mul(r, l), lambda: inplace_sub(l, 1), lambda: p + 1,
          lambda: p + "a", lambda: p - 1, lambda: p[1], lambda: p[1:2], lambda: p["k"], lambda: p.__setitem__(1, 2), lambda: p * 3,
          lambda: p ^ 4, lambda: p @ 1, lambda: l[0], lambda: inplace(p, [1]), lambda: [1] + p, lambda: "a" + l, lambda: "%s" % p]:
    show(f)
p[3] = 4
p["a"] = p[5] = 6
print(log)


def generator():
    yield p[1] + p[2], p + 3, l - r
    p[7] = 8
    yield len("abc"), isinstance(p, Plain), max(1, 2), [c.upper() for c in "ab"], "a,b".split(",")


print(list(generator()))
