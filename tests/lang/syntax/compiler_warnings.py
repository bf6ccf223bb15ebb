# What the compiler warns of, and what becomes of it under an error filter.
import warnings
def t(src, mode='exec'):
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter('always')
        compile(src, '<s>', mode)
    print([ (str(i.message), i.category.__name__, i.lineno, i.filename) for i in w])
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        try: compile(src, '<s>', mode)
        except SyntaxError as e: print(e.msg, e.lineno, e.offset)
        else: print('none')
for s in ['x is 1', '1 is not x', 'x is None', 'assert (x, "m")', '[(1,2)(3,4)]', '"abc" ("d")', '[1][2,3]', '1[2]', "'\\d'", "b'\\q'", "f'\\{x}'", 'None[1]', '[f"a" [1,2]]','while x is 1: break', '"\\ \\e"', 'x = (1)(2)']:
    t(s)
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    print(eval("1 is 1"), len(w))
    exec("y = 'a' is not 'b'")
    print(y, len(w), w[1].filename)
