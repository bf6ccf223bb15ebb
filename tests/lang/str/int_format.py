n = 255
print(f"{n:b} {n:o} {n:x} {n:X} {n:#x} {n:#b} {n:08b} {n:+} {n: } {n:c} {n:d} {n:e}")
print(f"{-n:08d} {n:>8} {n:<8}| {n:^8}| {n:=+8} {1234567:,} {1234567:_} {0xABCDEF:_x} {n:.2f} {n:%}")
for spec in ("z", ".2d", "s", ",x"):
    try:
        format(n, spec)
    except ValueError as error:
        print(error)
