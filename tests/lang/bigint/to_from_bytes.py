print((1000).to_bytes(2, "big"), (1000).to_bytes(4, "little"), (-2).to_bytes(2, "big", signed=True))
print((2**100).to_bytes(13, "big"))
print(int.from_bytes(b"\x01\x00", "big"), int.from_bytes(b"\xff\xfe", "big", signed=True))
print(int.from_bytes(b"\x01" * 20, "little"), int.from_bytes(b"", "big"))
try:
    (256).to_bytes(1, "big")
except OverflowError as error:
    print(error)
