# stderr: whole
def g():
    yield 1
    raise RuntimeError("inside the generator")
def f():
    return [x * 2 for x in g()]
f()
