def chain(n):
    if n == 0:
        yield "bottom"
    else:
        yield from chain(n - 1)
print(list(chain(300)))
def nested(n):
    if n:
        for v in nested(n - 1):
            yield v + 1
    yield 0
print(list(nested(5)))
