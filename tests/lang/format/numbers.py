# Numbers by format specification.

def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


for f in (
    lambda: format(1234567, '020,'),
    lambda: format(1234567, '019,'),
    lambda: format(1234567, '#020_x'),
    lambda: format(-0.01, 'z.1f'),
    lambda: format(float('inf'), '010'),
    lambda: format(float('nan'), '+,'),
    lambda: format(1e10, ','),
    lambda: format(123456789.123, '_.2f'),
    lambda: format(1 + 2j, '>20.2f'),
    lambda: format(2j, 'z.1f'),
    lambda: format(5, 'é>5'),
    lambda: format(-42, '=+8d'),
    lambda: format(255, '#b'),
    lambda: format(255, '#X'),
    lambda: format(0.5, '%'),
    lambda: format(1.5, '010'),
    lambda: format(1e100, 'g'),
    lambda: format(1e-5, ''),
    lambda: format(True, '5'),
    lambda: format(3, 'e'),
    lambda: format(1234.5, 'n'),
):
    show(f)
