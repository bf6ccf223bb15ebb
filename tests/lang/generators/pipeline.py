def count():
    n = 0
    while True:
        yield n
        n += 1
def take(n, it):
    for _, v in zip(range(n), it):
        yield v
def evens(it):
    for v in it:
        if v % 2 == 0:
            yield v
print(list(take(5, evens(count()))))
def primes():
    seen = []
    for n in count():
        if n > 1 and all(n % p for p in seen):
            seen.append(n)
            yield n
print(list(take(15, primes())))
