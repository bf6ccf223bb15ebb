# Letters beyond ASCII begin a word of their own behind a number (CPython 3.11 since 3.11.4).
for text in '1\u2044', '0x1\u2044', '1\xe9', '0x1\xe9', '1.5\xe9':
    try:
        compile(text, '<text>', 'exec')
        print('ok')
    except SyntaxError as error:
        print(ascii(error.msg), error.offset)
# expect: "invalid character '\u2044' (U+2044)" 2
# expect: "invalid character '\u2044' (U+2044)" 4
# expect: 'invalid syntax' 2
# expect: 'invalid syntax' 4
# expect: 'invalid syntax' 4
