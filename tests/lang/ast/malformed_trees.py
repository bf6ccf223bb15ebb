# compile() refuses trees that no source text has.
import ast


def attempt(tree, mode='exec'):
    try:
        code = compile(ast.fix_missing_locations(tree), 'x', mode)
    except (TypeError, ValueError, SyntaxError, RecursionError) as e:
        print(type(e).__name__, e)
    else:
        print('compiled', type(code).__name__)


def module(*body):
    return ast.Module(list(body), [])


name = ast.Name('x', ast.Load())
attempt(module(ast.Expr(ast.Constant(1))))
attempt(module(ast.If(name, [], [])))
attempt(module(ast.Delete([])))
attempt(module(ast.Expr(ast.BoolOp(ast.And(), [name]))))
attempt(module(ast.Expr(ast.Compare(name, [], []))))
attempt(module(ast.Expr(ast.Compare(name, [ast.Lt()], []))))
attempt(module(ast.Expr(ast.Dict([name], []))))
attempt(module(ast.Import([])))
attempt(module(ast.Try([ast.Pass()], [], [], [])))
attempt(module(ast.Expr(ast.ListComp(name, []))))
attempt(ast.Module(ast.Pass(), []))
attempt(ast.Expression(ast.Constant(5)), 'eval')
attempt(ast.Expression(ast.BinOp(ast.Constant(5), ast.Add(), name)), 'eval')
print(eval(compile(ast.fix_missing_locations(ast.Expression(ast.BinOp(
    ast.Constant(10 ** 30), ast.Sub(), ast.Constant(-3)))), 'x', 'eval')))
deep = ast.Constant(1)
for _ in range(2000):
    deep = ast.UnaryOp(ast.USub(), deep)
tree = ast.Expression(deep)
try:
    compile(tree, 'x', 'eval')
except (RecursionError, TypeError) as e:
    print('refused')
for source in ('a', '(a, *b)', 'x[1:2, ::3]', 'lambda a, /, b=1, *c, d, **e: (yield)', 'f"{a!r:>{w}}"',
               '[i for i in x if i async for j in k]', '{**a, 1: 2}', 'a if b else c', '(x := 5)', 'not -a ** ~b'):
    tree = ast.parse('async def f():\n ' + source if 'async' in source else source)
    text = ast.unparse(tree)
    print(text.replace('\n', ';'), ast.dump(ast.parse(text)) == ast.dump(tree))
