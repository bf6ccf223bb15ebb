# What the % operator refuses.

def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


for f in (
    lambda: '%d' % 'a',
    lambda: '%x' % 1.5,
    lambda: '%f' % 'a',
    lambda: '%c' % 1.5,
    lambda: '%c' % 'ab',
    lambda: '%c' % 1114112,
    lambda: '%z' % 1,
    lambda: '%' % 1,
    lambda: '%(a)' % {'a': 1},
    lambda: '%(a' % {'a': 1},
    lambda: '%(a)s' % 1,
    lambda: '%(a)s %s' % {'a': 1},
    lambda: '%*d' % ('a', 3),
    lambda: '%s %s' % (1,),
    lambda: 'x' % 1,
    lambda: 'x' % (1,),
    lambda: 'x' % [1],
    lambda: '%99999999999999999999d' % 1,
    lambda: '%5%' % (1,),
    lambda: '%s' % (),
    lambda: '%f' % 10 ** 400,
    lambda: b'%s' % 'a',
    lambda: b'%c' % 256,
    lambda: b'%c' % 'a',
    lambda: b'x' % 1,
    lambda: b'%y' % 1,
    lambda: b'%f' % 'a',
):
    show(f)
