# compile() with ast.PyCF_ALLOW_TOP_LEVEL_AWAIT: a module that awaits is a coroutine.
import ast, inspect, types
src = '''
import asyncio
x = await asyncio.sleep(0, 42)
async with C() as v: y = v
async for i in agen(): z = i
w = [i async for i in agen()]
'''
class C:
    async def __aenter__(self): return 'entered'
    async def __aexit__(self, *a): pass
async def agen():
    yield 1; yield 2
F = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
c = compile(src, 'f', 'exec', F)
print(bool(c.co_flags & inspect.CO_COROUTINE), c.co_name)
g = {'C': C, 'agen': agen}
r = eval(c, g)
print(type(r), inspect.iscoroutine(r))
import asyncio
asyncio.run(r)
print(g['x'], g['y'], g['z'], g['w'])
c = compile('1 + 1', 'f', 'eval', F); print(bool(c.co_flags & inspect.CO_COROUTINE), eval(c))
c = compile('await asyncio.sleep(0, 5)', 'f', 'eval', F); print(bool(c.co_flags & inspect.CO_COROUTINE)); print(asyncio.run(eval(c, {'asyncio': asyncio})))
c = compile('await asyncio.sleep(0, 5)', 'f', 'single', F); print(bool(c.co_flags & inspect.CO_COROUTINE)); asyncio.run(eval(c, {'asyncio': asyncio}))
fn = types.FunctionType(compile('a = await asyncio.sleep(0, 6)', 'f', 'exec', F), g2 := {'asyncio': asyncio})
print(inspect.iscoroutinefunction(fn)); asyncio.run(fn()); print(g2['a'])
for s in ['await x', 'async with a: pass', 'async for a in b: pass', '[i async for i in x]', 'def f(): await x', 'class A: await x', 'lambda: await x', 'yield 1','def f(): [i async for i in x]']:
    for fl in 0, F:
        try: compile(s, 'f', 'exec', fl); print(s, 'ok')
        except SyntaxError as e: print(s, e.msg)
t = ast.parse('await x'); 
print(bool(compile(t, 'f', 'exec', F).co_flags & inspect.CO_COROUTINE))
r = exec(compile('await asyncio.sleep(0)', 'f', 'exec', F), {'asyncio': asyncio}); print(r)
