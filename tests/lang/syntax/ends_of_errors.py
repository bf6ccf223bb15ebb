# Where the place of a SyntaxError ends.
for source in ('"abc', "'''abc", '1 \\ 2', 'é€', 'x\xa0y', '(', 'f(1,', 'x = }', '(]', 'if 1:\n  2\n 3', 'if 1:\n\t2\n        3',
               '\\', 'x = \\', '0b12', '0b1_', '1__0', '0x', '1e', '1abc', '1.5abc', '012', '0_7', '0777', 'x = 08', '  x', 'try: pass',
               'if 1:\nx', '“hi”'):
    try:
        compile(source, 'text', 'exec')
    except SyntaxError as e:
        print(repr(source), e.msg, (e.lineno, e.offset, e.end_lineno, e.end_offset))
