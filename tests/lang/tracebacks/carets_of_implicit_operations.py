# Where iteration, with and stars raise.
import traceback
def a():
    for x in 5:
        pass
def b():
    with 5 as z:
        pass
def g():
    yield 1
    raise ValueError
def c():
    for x in g():
        pass
def d():
    return [x for x in 5]
def e():
    return [x
       for x in g()]
def f():
    async def q():
        async for x in 5: pass
    q().send(None)
def h():
    async def q():
        async with 5: pass
    q().send(None)
def i():
    x, y = 5
def k():
    print(1, *5)
def l():
    print(**5)
def m():
    print(1, **5)
def n():
    return {**5}
def o():
    return [*5]
class W:
    def __enter__(self): return 1
    def __exit__(self, *a): raise KeyError
def p():
    with W() as w:
        pass
for fn in (a,b,c,d,e,f,h,i,k,l,m,n,o,p):
    try: fn()
    except Exception:
        for line in traceback.format_exc().split('\n'):
            if 'File' not in line:
                print(line)
