def total(items):
    s = 0
    for x in items:
        s += x
    return s
print(total([1, 2, 3]), total([1.5, 2, 3.25]), total([1, 2.0]), total([2 ** 70, 1, 1.0]))
print(total([True, False, 3]))
def grow(x, n):
    for i in range(n):
        x = x + x
    return x
print(grow(1, 5), grow(1.5, 5), grow("ab", 3), grow([0], 2))
def compare(a, b):
    return [a < b, a <= b, a == b, a != b, a > b, a >= b]
print(compare(1, 2), compare(1.0, 1), compare("a", "b"), compare(2 ** 60, float(2 ** 60)), compare(2 ** 54 + 1, 2.0 ** 54))
def last(n, start):
    x = start
    for i in range(n):
        x = i * 0.5
    return x
print(last(0, "none"), last(1, "none"), last(4, 7))
def branchy(v):
    if v:
        return "yes"
    return "no"
print([branchy(v) for v in (0, 1, 0.0, -0.0, 2.5, "", "x", None, True, [], [0], {}, 2 ** 80)])
def divide(a, b):
    return a // b, a % b, a / b
print(divide(7, 2), divide(-7, 2), divide(7, -2), divide(-(2 ** 61), -1), divide(7.5, 2))
for bad in ((1, 0), (1.0, 0.0)):
    try:
        print(divide(*bad))
    except ZeroDivisionError as e:
        print(e)
def signs(x, y):
    return x * y, -x, x + y, x - y
print(signs(0.0, -1.0), signs(1e300, 1e300), signs(1e-300, 1e-300), signs(float("inf"), 0.0))
