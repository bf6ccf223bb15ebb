# Names of modules, classes and exec in compiled loops, while they appear, hide builtins and go away.
import sys
total = 0
text = []
for i in range(50):
    total += i
    if i == 20:
        extra = 5
    if i > 20:
        total += extra
    if i == 30:
        len = lambda x: 7
    text.append(len("ab"))
    if i == 40:
        del len
print(total, text)
def counts(n):
    global made
    for k in range(n):
        made = k
        if k == 15:
            globals()["other"] = 1
    return made
print(counts(30), made, other)
class Body:
    for j in range(20):
        x = j + total
        total = j
    del j
print(Body.x, Body.total, total)
space = {}
exec("for q in range(30): w = q * 2\ntotal = w", globals(), space)
print(space["w"], space["q"], space["total"], total)
class Space(dict):
    def __missing__(self, key):
        if key == "count": return 10
        raise KeyError(key)
s = Space()
exec("for q in range(12): y = count + q", {"range": range, "__builtins__": {}}, s)
print(s["y"])
for i in range(12):
    try:
        if i > 8: del gone
        gone = i
    except NameError as e:
        print(e)
try:
    for i in range(9):
        if i == 7: nosuch
except NameError as e:
    print(e)
