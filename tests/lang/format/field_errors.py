# What str.format refuses.

def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


for f in (
    lambda: '{0!'.format(1, 2, 3),
    lambda: '{!r'.format(1, 2, 3),
    lambda: '{0!rx}'.format(1, 2, 3),
    lambda: '{'.format(1, 2, 3),
    lambda: '}'.format(1, 2, 3),
    lambda: '{a'.format(1, 2, 3),
    lambda: '{0['.format(1, 2, 3),
    lambda: '{0[a}'.format(1, 2, 3),
    lambda: '{0[]}'.format(1, 2, 3),
    lambda: '{0.}'.format(1, 2, 3),
    lambda: '{:{:{}}}'.format(1, 2, 3),
    lambda: '{{}'.format(1, 2, 3),
    lambda: '{0}{}'.format(1, 2, 3),
    lambda: '{}{0}'.format(1, 2, 3),
    lambda: '{a.b:}'.format(1, 2, 3),
    lambda: '{!z}'.format(1, 2, 3),
    lambda: '{:d}{:e}{:q}'.format(1, 2, 3),
    lambda: '{9}'.format(1, 2, 3),
    lambda: '{0.foo}'.format(1, 2, 3),
    lambda: '{0[0]}'.format(1, 2, 3),
):
    show(f)
