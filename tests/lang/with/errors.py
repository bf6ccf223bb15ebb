class NoExit:
    def __enter__(self): pass
class BadEnter:
    def __enter__(self): raise ValueError("enter")
    def __exit__(self, *a): print("never")
class BadExit:
    def __enter__(self): return self
    def __exit__(self, *a): raise KeyError("exit")
def a():
    with 5: pass
def b():
    with NoExit(): pass
def c():
    with BadEnter(): pass
def d():
    with BadExit(): raise ValueError("body")
for f in (a, b, c, d):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e, repr(e.__context__))
