def g():
    try:
        yield 1
        yield 2
    except GeneratorExit:
        print("exit")
        raise
    finally:
        print("finally")
it = g()
next(it)
it.close()
it.close()
print(next(it, "closed"))
def stubborn():
    try:
        yield
    except GeneratorExit:
        yield "no"
s = stubborn()
next(s)
try:
    s.close()
except RuntimeError as e:
    print(e)
g().close()
# Kept and closed: nobody promises when a generator that was dropped is.
it = g()
for v in it:
    break
it.close()
print("after break")
