# Descriptors refuse to be asked for neither an instance nor an owner.
def f(self): pass


def tell(get, *args):
    try:
        r = get(*args)
        print(type(r).__name__)
    except TypeError as e:
        print(e)


for d in property(f), f, classmethod(f), staticmethod(f), str.join, super(int, 1):
    print(type(d).__name__)
    tell(d.__get__, None)
    tell(d.__get__, None, None)
    tell(d.__get__, None, str)
    tell(d.__get__, None, type(None))
tell(property().__get__, None, int)
