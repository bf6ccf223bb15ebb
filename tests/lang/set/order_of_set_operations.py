# Sets of ints show the order in which the table was filled: as CPython's.
def show(s):
    print(list(s))

words = [1 << n for n in range(0, 40, 3)] + [7, 71, 135]
show(frozenset(words))
show(set(frozenset(words)))
show({*frozenset(words)})
show({*words})
show({1, 8, 64, 512, 4096, 32768, 7, 71, 135})
show({1024, 8, 64, 512, 1024, 32768, 7, 71, 135, 8})
s = set()
s.update(frozenset(words))
s |= {3, 67}
s.discard(8)
s.add(72)
show(s)
show(s & {64, 512, 3, 7})
show(s - {64, 512, 3, 7})
show(s ^ {64, 512, 5, 9})
