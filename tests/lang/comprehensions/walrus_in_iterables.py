# An assignment expression may stand nowhere inside the iterable of a comprehension.
for code in ('[i for i in (j := x)]', '[i for i in (lambda: (j := x))()]', '[i for i in [y for y in z if (j := y)]]',
             '{i for k in x for i in (lambda: (j := k))}', '[(j := i) for i in x]',
             '[i for i in x if (lambda: (j := i))()]', '[[(j := i) for i in x] for k in x]'):
    try:
        compile(code, '<text>', 'exec')
        print('good', code)
    except SyntaxError as error:
        print(error.msg, code)
