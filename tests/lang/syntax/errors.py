for text in ("if x", "def f(:", "x = ", "(1, 2", "for in y:", "a b", "return 1", "yield 1", "break", "continue", "def f(a, a): pass",
             "f(a=1, 2)", "f(**a, *b)", "x = 'abc", "class", "import", "from x import", "lambda x: = 1", "def f(a=1, b): pass", "1 +* 2", "  x = 1", "if 1:\nx", "else: pass", "try: pass", "a = 1 = 2", "f'{'", "f'{}'", "*a", "async x", "await x"):
    try:
        compile(text, "t", "exec")
        print(repr(text), "compiles")
    except SyntaxError as e:
        print(repr(text), type(e).__name__, e.msg)
