# Names and documentation of classes must be text that can be encoded, and names may hold no null character.
for make in (lambda: type('A\0B', (), {}), lambda: type('A\udcdcB', (), {}),
             lambda: type('A', (), {'__doc__': 'x\udcdcy'}), lambda: type('A', (), {'__doc__': 'x\0y'})):
    try:
        print(make().__name__)
    except (ValueError, UnicodeEncodeError) as error:
        print(type(error).__name__, error)


class C:
    pass


for name in ('D', 'A\0B', 'A\udcdcB', b'A'):
    try:
        C.__name__ = name
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
    print(C.__name__, C.__qualname__)
