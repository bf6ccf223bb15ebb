# Keys of a mapping pattern that are equal numbers are refused whatever their types are.
for keys in '0, 0j', '1, 1.0', 'True, 1', '0, False', '-1, -1.0', '2j, 2j', "'a', b'a'", '1, 2', '0, -0.0':
    first, second = keys.split(', ')
    try:
        compile(f'match x:\n    case {{{first}: _, {second}: _}}: pass', '<text>', 'exec')
        print(keys, 'differ')
    except SyntaxError as error:
        print(keys, error.msg)
