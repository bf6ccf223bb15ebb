# A native that needs no frame may be called at the recursion limit, by whatever code.
seen = [0]


def down(n, call):
    try:
        seen[0] = n + call("")
        return down(n + 1, call)
    except RecursionError:
        return n


for turn in range(4):
    deepest = down(0, len)
    print(seen[0] == deepest)
