print(..., None, True, False, NotImplemented, __name__, __debug__)
print(... is Ellipsis, type(...).__name__, bool(...))
for text in ("None = 1", "True = 1", "f() = 1", "1 = x", "x + 1 = 2", "del 5", "__debug__ = 1"):
    try:
        compile(text, "t", "exec")
    except SyntaxError as e:
        print(e.msg)
