# Methods of str name the argument that is wrong.

def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


for f in (
    lambda: 'abc'.find(1),
    lambda: 'abc'.find('a', 1.5),
    lambda: 'abc'.startswith(1),
    lambda: 'abc'.startswith((1,)),
    lambda: 'a'.partition(''),
    lambda: 'a'.strip(1),
    lambda: 'a'.replace(1, 'b'),
    lambda: str.maketrans('a', 'bc'),
    lambda: str.maketrans(1),
    lambda: 'a'.center(5, 'ab'),
    lambda: 'a'.center(5, 1),
    lambda: 'a' + 1,
    lambda: 'a' * 1.5,
    lambda: 1 in 'abc',
    lambda: 'a' < 1,
    lambda: 'abc'['a'],
    lambda: 'abc'[1:'a'],
    lambda: 'abc'[100],
    lambda: 'a'.split(''),
    lambda: 'a'.split(1),
    lambda: ','.join(['a', 1]),
    lambda: ','.join(5),
    lambda: 'abc'.index('z'),
    lambda: 'a'.rindex('b'),
    lambda: str('a', 'b'),
    lambda: str(5, 'a'),
    lambda: str(b'a', 5),
    lambda: str.__new__(int),
    lambda: str.upper(5),
    lambda: 'a'.encode(1),
):
    show(f)
