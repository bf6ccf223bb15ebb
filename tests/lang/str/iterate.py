for c in "aé😀":
    print(c, ord(c))
print(list("abc"), tuple(""), list(enumerate("ab")), list(reversed("abc")), chr(97), chr(128512))
a, b = "xy"
print(a, b, *"pq")
for v in (-1, 0x110000):
    try:
        chr(v)
    except ValueError as error:
        print(error)
try:
    ord("ab")
except TypeError as error:
    print(error)
