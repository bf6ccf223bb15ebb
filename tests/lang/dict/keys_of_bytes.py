# bytes in keys, alone and in tuples, and their comparison inside containers.
class Name(bytes):
    pass


class Odd(bytes):
    __hash__ = bytes.__hash__

    def __eq__(self, other):
        print("asked", bytes(self), other)
        return bytes.__eq__(self, other)


pairs = {(bytes([i]), bytes([j])): i * 3 + j for i in range(3) for j in range(3)}
print(pairs[b"\1", b"\2"], pairs.get((b"\1", b"\3")), pairs[Name(b"\2"), b"\0"])
print((b"a", "a") in {("a", b"a"): 1}, (b"a", "a") in {(b"a", "a"): 1}, (b"a",) == (bytearray(b"a"),))
print({Odd(b"k"): 1}.get(b"k"), {b"k": 1}.get(Odd(b"k")), (Odd(b"x"),) == (b"x",))
print((b"a", b"b") < (b"a", b"ba"), [b"\xff"] > [b"a"], (b"a", 1) < (b"a", 1), (b"", b"") < (b"",))
print({frozenset((b"a", b"b")): 1}[frozenset((b"b", b"a"))], hash((b"a",)) == hash((Name(b"a"),)))
print(sorted([(b"b", 1), (b"a", 2), (b"a", 1)]), [b"a"] in [[b"a"]], {b"a"} == {Name(b"a")})
try:
    (b"a",) < ("a",)
except TypeError as e:
    print(e)
