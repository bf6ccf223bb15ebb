print(round(0.5), round(1.5), round(2.5), round(-0.5), round(2.675, 2), round(1234.5678, -2), round(1.15, 1))
print(round(1e22), round(5), round(15, -1), round(25, -1), round(-15, -1), round(2.5, None), round(0.1 + 0.2, 3))
print(type(round(1.5)).__name__, type(round(1.5, 0)).__name__)
for v in (float("inf"), float("nan")):
    try:
        round(v)
    except (OverflowError, ValueError) as error:
        print(error)
