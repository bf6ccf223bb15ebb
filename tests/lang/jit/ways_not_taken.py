# Ways that were never taken while a function became hot are taken later: in loops, in functions that were
# inlined, in methods, generators and handlers, by values of every kind that lie in registers then.


class Meter:
    def __init__(self):
        self.count = 0
        self.rare = 0

    def note(self, value, limit):
        self.count += 1
        if value > limit:
            self.rare = self.rare + self.weigh(value)
        return self.count

    def weigh(self, value):
        return len(str(value)) * 0.5


def sum_up(n, limit, meter):
    total, share = 0, 1.5
    for i in range(n):
        total += i
        share *= 1.0001
        meter.note(i, limit)
        if i == limit:
            for k in range(3):
                total -= k
            share = share + OFFSET
            meter.extra = [total, round(share, 3)]
    return total, round(share, 3), meter.count, meter.rare


OFFSET = 2.25
meter = Meter()
for _ in range(40):
    sum_up(400, 1000, meter)
print(sum_up(400, 1000, meter))
print(sum_up(400, 390, meter), meter.extra)
print(sum_up(4000, 3990, meter), meter.extra)


def checked(values):
    found = 0
    for v in values:
        try:
            found += v.bit_length()
        except AttributeError as e:
            found += len(e.args)
        finally:
            if found < 0:
                print(missing_name)
    return found


ints = list(range(300))
for _ in range(60):
    checked(ints)
print(checked(ints), checked(ints[:5] + [1.5, "x"] + ints[5:10]))
try:
    checked([1, -5] + [type("Odd", (), {"bit_length": lambda self: -100})()])
except NameError as e:
    print(e)


def numbers(n, stop):
    for i in range(n):
        if i == stop:
            left = [x * 2 for x in range(4)]
            yield from left
            return "stopped"
        yield i


def drain(n, stop):
    total = 0
    for x in numbers(n, stop):
        total += x
    return total


for _ in range(60):
    drain(300, 1000)
print(drain(300, 1000), drain(300, 200), drain(300, 0))


def pick(a, b, wanted):
    if wanted == 0:
        return a + b
    if wanted == 1:
        return a.real - b
    return a * Table.scale


class Table:
    scale = 3


def mixed(n, wanted):
    out = 0
    for i in range(n):
        out = pick(out, i, wanted)
    return out


for _ in range(60):
    mixed(200, 0)
print(mixed(200, 0), mixed(200, 1), mixed(20, 2), pick(1.5, 2, 0), pick(True, 2, 1), pick("ab", "c", 0))
