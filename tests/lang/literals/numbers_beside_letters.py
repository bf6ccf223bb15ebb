# What may stand right behind a number, and which blanks around it.
for text in '1_\xe9', '5abc', '0b1f', '1jx', '0o18':
    try:
        compile(text, '<text>', 'exec')
        print(ascii(text), 'ok')
    except SyntaxError as error:
        print(ascii(text), ascii(error.msg), error.offset)
for text in '\xa0123', '1\u2003', ' 1\t', b' 1\n', b'1\xa0', b'\x1c1', '1\x1c':
    try:
        print(ascii(text), float(text))
    except ValueError as error:
        print(ascii(error))
