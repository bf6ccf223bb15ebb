# Methods of builtin types bind to instances of their classes only.
for get in str.join.__get__, list.append.__get__, dict.update.__get__:
    for receiver in 1, "a", [], {}:
        try:
            print(get(receiver).__name__)
        except TypeError as e:
            print(e)
