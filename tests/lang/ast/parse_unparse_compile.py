# Trees of source text, changed and compiled again.
import ast
print(ast.dump(ast.parse("x = 1 + y")))
print(ast.unparse(ast.parse("def f(a, *b, c=1, **d) -> int:\n    return [x for x in a if x] + {**d}")))
print(ast.literal_eval("{'a': [1, 2.5, (3, None)], 'b': {1,2}, 'c': -1+2j}"))
exec(compile(ast.parse("print('hi', [i*i for i in range(3)])"), "x", "exec"))
e = ast.parse("a.b[c](1, k=2)", mode="eval")
print(ast.dump(e, indent=1))
class V(ast.NodeTransformer):
    def visit_Name(self, n): return ast.copy_location(ast.Name("z"+n.id, n.ctx), n)
t = V().visit(ast.parse("q + w", mode="eval")); ast.fix_missing_locations(t)
print(eval(compile(t, "", "eval"), {"zq": 1, "zw": 2}))
print(ast.parse("1").body[0].value.value, ast.PyCF_ONLY_AST)
try: ast.parse("1 +")
except SyntaxError as e: print(e)
print(isinstance(ast.parse("'s'").body[0].value, ast.Str), ast.Constant(1).kind)
print(ast.get_source_segment("a = b + c", ast.parse("a = b + c").body[0].value))
