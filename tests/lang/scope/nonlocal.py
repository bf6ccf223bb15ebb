def f():
    x = 1
    def g():
        nonlocal x
        x += 1
        def h():
            nonlocal x
            x *= 10
        h()
    g()
    return x
print(f())
for text in ("nonlocal x", "def f():\n nonlocal zz", "def f(a):\n global a", "def f():\n x = 1\n global x"):
    try:
        compile(text, "t", "exec")
    except SyntaxError as error:
        print(error.msg)
