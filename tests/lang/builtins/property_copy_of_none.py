# property.getter(None) and its like keep the function that is there. (CPython loses references to None here and may die
# of it at the end.)


def first(self):
    return 'first'


def second(self):
    return 'second'


functions = property(first, first, first)
for copy in functions.getter, functions.setter, functions.deleter:
    print([getattr(copy(None), name) is first for name in ('fget', 'fset', 'fdel')])
    print([getattr(copy(second), name) is first for name in ('fget', 'fset', 'fdel')])
# expect: [True, True, True]
# expect: [False, True, True]
# expect: [True, True, True]
# expect: [True, False, True]
# expect: [True, True, True]
# expect: [True, True, False]
