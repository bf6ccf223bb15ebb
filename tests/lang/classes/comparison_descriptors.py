# A comparison's method may be any descriptor; one that raises counts as none.
class Equal:
    @property
    def __eq__(self):
        raise ValueError('eq')

    __hash__ = None


class Less:
    @property
    def __lt__(self):
        raise ValueError('lt')


class Given:
    @property
    def __eq__(self):
        return lambda other: ('eq', other)

    @property
    def __gt__(self):
        return lambda other: ('gt', other)


class Refused:
    __eq__ = None


def show(ask):
    try:
        print(ask())
    except Exception as error:
        print(type(error).__name__, error)


e, l, g = Equal(), Less(), Given()
for ask in (lambda: e == 1, lambda: 1 == e, lambda: e != 1, lambda: [e] == [1], lambda: e in [1], lambda: l < 1,
            lambda: 1 > l, lambda: sorted([l, l]), lambda: g == 2, lambda: 3 < g, lambda: g > 4, lambda: g != 2,
            lambda: Refused() == 1, lambda: 1 != Refused()):
    show(ask)
