# Literals that are taken, and warned of.
import warnings


def warned(source):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter('always')
        compile(source, 'text', 'exec')
    print(repr(source), [(str(w.message), w.category.__name__, w.lineno) for w in seen])


for source in ("'\\500'", "b'\\777'", "'\\377 \\d \\400'", "x\n'\\400'", "f'\\400{1}'", "'''a\n\\z'''",
               '1if 1else 2', '0xfor x', '0b1and 2', '5or 6', '1in [1]', '1.5in x', '0o7is x', '1jif x else 2', '1not in x',
               '1 if 0 else 2', "r'\\400'"):
    warned(source)
