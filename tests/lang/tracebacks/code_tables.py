# The tables of code objects that say where instructions come from.
def f(a):
    "doc"
    try:
        return a.b
    except AttributeError:
        return [a,
                "text"]


code = f.__code__
print(code.co_consts[0], (lambda: "x").__code__.co_consts, compile("x = 'y'", "", "exec").co_consts)
print(type(code.co_linetable), type(code.co_exceptiontable), type(code.co_lnotab), len(code.co_exceptiontable) > 0)
lines = list(code.co_lines())
print(lines[0][0], lines[-1][1] == len(list(code.co_positions())) * 2, type(code.co_code))
print(sorted({line - code.co_firstlineno for _, _, line in lines if line and line > code.co_firstlineno + 2}))
print([code._varname_from_oparg(i) for i in range(code.co_nlocals)])
# The parts of a call that cannot be reached by jumping are all there again after a copy.
g = type(f)(code.replace(co_name="g"), globals())
print(g(1), g.__name__)
