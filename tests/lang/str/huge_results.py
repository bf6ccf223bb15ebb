# Texts that cannot be made are refused before memory is asked for.

def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


for f in (
    lambda: 'ab' * 10 ** 30,
    lambda: 'a' * -1,
    lambda: 'a' * 10 ** 18 == '',
    lambda: 'a'.zfill(10 ** 18),
    lambda: format('a', '>' + '9' * 25),
    lambda: '%*d' % (10 ** 18, 5),
):
    show(f)
