print((0.75).as_integer_ratio(), (3.0).is_integer(), (3.5).is_integer(), (1.5).hex(), float.fromhex("0x1.8p+1"))
print((-1.5).conjugate(), (1.5).real, (1.5).imag, float(), float(3), float(True))
print(1.5.__floor__(), 1.5.__ceil__(), (-1.5).__trunc__())
