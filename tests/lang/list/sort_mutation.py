x = [3, 1, 2]
def key(v):
    x.append(v)
    return v
try:
    x.sort(key=key)
except ValueError as error:
    print(error)
class Bad:
    def __lt__(self, other):
        raise KeyError("lt")
try:
    sorted([Bad(), Bad()])
except KeyError as error:
    print("KeyError", error)
