# Hot generators, in hot loops: they are resumed in compiled code, and may be sent to, thrown into, closed,
# left alone and forgotten there.
import sys


def squares(n):
    for i in range(n):
        yield i * i


def pairs(n):
    for i in squares(n):
        for j in squares(2):
            yield i, j


def echo():
    received = None
    while True:
        received = yield received
        if received is not None:
            received *= 2


def guarded(log):
    n = 0
    while True:
        try:
            n += 1
            yield n
        except ValueError as error:
            log.append(f"{error} at {n}")
        finally:
            if n % 500 == 0:
                log.append(n)


def delegating(n):
    total = 0
    for _ in range(n):
        total += yield from part(total)
    return total


def part(start):
    for i in range(3):
        yield start + i
    return 1


def calls(n):
    for i in range(n):
        yield max(i, 3) + abs(-i) + len(str(i)) + two(i, second=i)


def two(first, second=1):
    return first - second


def wants_arguments(n, *rest, **named):
    for i in range(n):
        yield i + len(rest) + named["shift"]


def overflowing(n):
    value = 1
    for _ in range(n):
        yield value
        value *= 3


def fails(n):
    for i in range(n):
        yield 10 // (n - 3 - i)


def drive(times):
    total = 0
    for value in squares(times):
        total += value % 7
    for first, second in pairs(times):
        total += (first + second) % 5
    return total


def send_to(times):
    generator = echo()
    next(generator)
    total = 0
    for i in range(times):
        total += generator.send(i)
        if i == 1000:
            generator.send(None)
    generator.close()
    return total


def throw_into(times):
    log = []
    generator = guarded(log)
    total = 0
    for i in range(times):
        total += next(generator)
        if i % 700 == 699:
            total += generator.throw(ValueError(i))
    del generator
    return total, log[:6]


def ends(times):
    lines = []
    for _ in range(times):
        try:
            for value in fails(6):
                pass
        except ZeroDivisionError as error:
            lines.append(error.__traceback__.tb_next.tb_lineno)
    return len(lines), set(line - sys._getframe().f_code.co_firstlineno < 0 for line in lines)


def recursive(depth):
    if depth:
        yield depth
        yield from recursive(depth - 1)
        for value in recursive(depth - 2 if depth > 1 else 0):
            yield value


print(drive(2000))
print(send_to(3000))
print(throw_into(3000))
generator = delegating(2000)
print(sum(generator), sum(calls(2000)), sum(wants_arguments(2000, 1, 2, shift=3)))
print(sum(overflowing(300)) % 1000007)
print(ends(600))
print(sum(recursive(14)))
print(sum(x * y for x in range(60) for y in range(60) if x != y))
print(max(len(line) for line in ("ab" * (i % 9) for i in range(3000))))
