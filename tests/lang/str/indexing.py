s = "héllo wörld"
print(s[0], s[1], s[-1], s[-3], len(s), s[1:4], s[:3], s[-3:], s[::2], s[::-1], s[10:3:-2], s[100:])
for i in (11, -12):
    try:
        s[i]
    except IndexError as error:
        print(error)
try:
    s["a"]
except TypeError as error:
    print(error)
try:
    s[0] = "x"
except TypeError as error:
    print(error)
