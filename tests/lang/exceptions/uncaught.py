def f(n):
    print("going", n)
    raise ValueError(f"uncaught {n}")
try:
    f(1)
finally:
    print("finally runs")
