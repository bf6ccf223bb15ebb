import a.b as c
from ..m import d, e as f
x: int = 1
a, *b = c
x += 1
del x, y[0]
assert x, "m"
if a: pass
elif b: pass
else: pass
while a:
    if b: break
    continue
else: pass
for i in x: pass
try: pass
except A as e: pass
else: pass
finally: pass
with a as b, c: pass
raise A from B
global g
@deco
def f(a, /, b=1, *args, c, d=2, **kw) -> int: return a
@d
class C(B, metaclass=M): x = 1
async def g():
    async for i in x: await y
    async with a: yield
