for text in ("x = 1\ny = = 2\n", "a b", "def f():\n  return )\n", "foo(1, 2", "if x:\n    y\n  z\n"):
    try:
        compile(text, "file.py", "exec")
    except SyntaxError as e:
        print(e.msg, e.filename, e.lineno, e.offset, e.text.strip())
