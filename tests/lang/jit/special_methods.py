# Operators, subscripts, comparisons and truth of the program's own classes in hot loops: the value of the
# method comes back into compiled code, whatever it is.
class Number:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        if isinstance(other, Number):
            return Number(self.n + other.n)
        if isinstance(other, str):
            return NotImplemented
        return self.n + other

    def __radd__(self, other):
        return f"{other}+{self.n}"

    def __iadd__(self, other):
        self.n += other
        return self

    def __sub__(self, other):
        raise ValueError(f"no {other}")

    def __lt__(self, other):
        return self.n < other.n if isinstance(other, Number) else NotImplemented

    def __eq__(self, other):
        return [self.n] if self.n % 2 else []

    def __bool__(self):
        return self.n > 10

    def __neg__(self):
        return -self.n

    @property
    def half(self):
        return self.n // 2


class Table:
    def __init__(self):
        self.cells = {}

    def __getitem__(self, key):
        if key == 777:
            raise KeyError(key)
        return self.cells.get(key, 0)

    def __setitem__(self, key, value):
        self.cells[key] = value

    def __contains__(self, key):
        return key in self.cells

    def __len__(self):
        return len(self.cells)


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n


def operators(times):
    one, total = Number(1), Number(0)
    for i in range(times):
        total = total + one
        total += i % 3
        if i % 1000 == 0:
            print(i, total.n, total + 5, -total, total.half, bool(total))
    return total.n


def refused(times):
    one, failures = Number(1), 0
    for i in range(times):
        try:
            one + "text"
        except TypeError as error:
            failures += 1
            if i == 0:
                print(error)
        try:
            one - i
        except ValueError as error:
            last = str(error)
    return failures, last


def mixed(times):
    values = [Number(2), 3, 2.5, "s"]
    seen = set()
    for i in range(times):
        left, right = values[i % 4], values[i // 4 % 4]
        try:
            result = left + right
        except TypeError:
            result = "refused"
        seen.add(str(result.n if isinstance(result, Number) else result))
    return sorted(seen)


def comparisons(times):
    small, large, counts = Number(1), Number(2), [0, 0, 0]
    for i in range(times):
        if small < large:
            counts[0] += 1
        if small == large:
            counts[1] += 1
        if large == small:
            counts[2] += 1
        if not small < large:
            counts[0] -= 1000
    return counts


def subscripts(times):
    table = Table()
    for i in range(times):
        table[i % 50] = table[(i + 1) % 50] + 1
        if (i % 60) in table:
            table[1] += 1
    try:
        for key in range(1000):
            table[key]
    except KeyError as error:
        print("stopped at", error, len(table))
    return sum(table[key] for key in range(50))


def loops(times):
    total = 0
    for i in range(times // 10):
        for n in Countdown(10):
            if n == i % 11:
                continue
            total += n
        for n in map(lambda value: value + 1, filter(lambda value: value % 2, range(6))):
            total += n
    return total


print(operators(3000))
print(refused(2000))
print(mixed(4000))
print(comparisons(3000))
print(subscripts(3000))
print(loops(6000))
