x = [3, 1, 2]
x.sort()
print(x)
x.sort(reverse=True)
print(x)
words = ["banana", "kiwi", "apple", "fig"]
words.sort(key=len)
print(words)
print(sorted(words, key=lambda w: (-len(w), w)), sorted([(1, "b"), (0, "c"), (1, "a")]))
pairs = [(i % 3, i) for i in range(12)]
print(sorted(pairs, key=lambda p: p[0]))
print(sorted(pairs, key=lambda p: p[0], reverse=True))
print(sorted([1.5, 1, True, 0.5]), sorted("hello"), sorted({3, 1, 2}))
try:
    [1, "a"].sort()
except TypeError as error:
    print(error)
