# What compile() takes as one statement, and its errors.
import warnings

for text in ['1\n2', 'def f(): pass', 'a = 13\nb = 187', 'del x\ndel y', 'f()\n# blah\nblah()', '1', 'def f(): pass\n',
             'x=1\n\n', 'x = 1 # c', 'x=1;y=2\n', 'if 1: pass', 'if 1:\n  pass\n', 'if 1:\n  pass\n\n',
             '@a\ndef f(): pass\n1']:
    try:
        compile(text, 'x', 'single')
        print(repr(text), 'ok')
    except SyntaxError as e:
        print(repr(text), e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset)

# The name of the file may be anything with bytes, but that is no good style.
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    for name in (b'file.py', bytearray(b'file.py'), memoryview(b'file.py')):
        print(compile('1', name, 'eval').co_filename)
    print([str(w.message) for w in caught])

# What characters say of an encoding means nothing.
print(ascii(eval('# -*- coding: badencoding -*-\n"\xc2\xa4"\n')))
print(ascii(eval(b'# -*- coding: latin1 -*-\n"\xc2\xa4"\n')))
try:
    compile(b'# -*- coding: badencoding -*-\n1', 'x', 'exec')
except SyntaxError as e:
    print(e.msg)
