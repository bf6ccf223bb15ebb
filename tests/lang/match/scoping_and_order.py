match [1, 2]:
    case [a, 3]: print("no")
    case [a, b] if a > b: print("no")
    case [a, b]: print("bound", a, b)
match = 5
case = 6
print(match, case)
match (match, case):
    case (5, x) | (x, 6): print("x", x)
class Eq:
    def __eq__(self, o):
        print("compared with", o)
        return o == 2
match Eq():
    case 1: print("one")
    case 2: print("two")
