def f():
    raise LookupError("while importing")
f()
