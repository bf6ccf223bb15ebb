# What is wrong with unpacked arguments, and of which callable.
def f(**kwargs):
    return kwargs


none = None
for act in (lambda: f(**{1: 3}, **{1: 5}), lambda: f(**{1: 3}), lambda: f(a=1, **{'a': 2}), lambda: f(**{2: 1}, **{'a': 2}),
            lambda: none(*f), lambda: none(**f), lambda: f(*5), lambda: f(**5), lambda: len(*5), lambda: int(**[])):
    try:
        act()
    except TypeError as error:
        print(error)
