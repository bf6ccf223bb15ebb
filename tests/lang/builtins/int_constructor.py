print(int(), int("12"), int(-3.9), int("-0b101", 2), int("0o17", 0), int("11", 2), int(True), int(b"42"), int("１２"))
for f in (lambda: int("x"), lambda: int("1.5"), lambda: int(""), lambda: int("9", 8), lambda: int(None), lambda: int("1", 99), lambda: int(5, 2), lambda: int([])):
    try:
        f()
    except (ValueError, TypeError) as e:
        print(e)
print(hex(255), oct(8), bin(5), hex(-1), abs(-5), bool("0"), bool(0.0), (5).bit_length(), (7).numerator, int.from_bytes(b"\x02", "big"))
