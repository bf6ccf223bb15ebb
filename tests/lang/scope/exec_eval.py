ns = {"x": 5}
exec("y = x + 1\ndef f(): return y * 2", ns)
print(ns["y"], ns["f"](), eval("x * y", ns), eval("a + b", {"a": 1}, {"b": 2}))
x = 3
print(eval("x + 1"), eval(" 1 + 1"), eval(compile("x * 2", "<s>", "eval")))
exec("x = 9")
print(x)
try:
    eval("1 +")
except SyntaxError as error:
    print(type(error).__name__)
try:
    eval("missing", {})
except NameError as error:
    print(error)
