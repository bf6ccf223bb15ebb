def g():
    while True:
        try:
            x = yield 1
            print("got", x)
        except ValueError as e:
            print("caught", e)
            yield "handled"
it = g()
next(it)
print(it.throw(ValueError("a")))
print(next(it), it.throw(ValueError("b")))
try:
    it.throw(KeyError("out"))
except KeyError as e:
    print(repr(e))
print(next(it, "finished"))
try:
    g().throw(IndexError("unstarted"))
except IndexError as e:
    print(e)
