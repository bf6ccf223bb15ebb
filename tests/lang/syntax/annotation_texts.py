# Annotations as texts: what becomes of prefixes, and what may not stand in one.
from __future__ import annotations


def f(a: u'some_string', b: 'x', c: U'y', d: rb'\n', *e: f'{a!r:>{b}}') -> -1 ** 2:
    pass


print(f.__annotations__)
for text in ('(x := 1)', '(yield)', '(yield from x)', 'lambda: (yield)', '[(x := 1)]', '(await x)'):
    try:
        exec(f'from __future__ import annotations\ndef f(a: {text}): pass\nprint(f.__annotations__)')
    except SyntaxError as error:
        print(text, '|', error.msg)
