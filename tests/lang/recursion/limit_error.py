def f(n):
    return f(n + 1)
for _ in range(3):
    try:
        f(0)
    except RecursionError as e:
        print(type(e).__name__, e)
print("goes on")
class R:
    def __repr__(self):
        return repr(self)
try:
    repr(R())
except RecursionError as e:
    print("RecursionError")
