# Builtin types with equality of their own and mutable contents have no hash.
for v in ([], {}, set(), bytearray(), slice(1), {}.items(), {}.keys()):
    try:
        print(hash(v))
    except TypeError as e:
        print(e, type(v).__hash__)
print(type(hash({}.values())), hash(frozenset()) == hash(frozenset()))
