# *args with an annotation that is unpacked, and a default.
for source in ('def f(*args: *b = (1,)): pass', 'def f(*args: b = (1,)): pass', 'def f(*args: *b): pass'):
    try:
        compile(source, '<source>', 'exec')
        print('good')
    except SyntaxError as error:
        print(error.msg)
