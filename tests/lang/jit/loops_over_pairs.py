# Loops that unpack pairs: of enumerate, zip and dict items at once, of everything else as usual.
def pairs(items):
    seen = []
    for a, b in items:
        seen.append((a, b))
    return seen


def last(items):
    a = b = 'none'
    total = 0
    for a, b in items:
        total += 1
        if total > 100:
            break
    else:
        return a, b, total
    return 'stopped', a, b


def numbered(items):
    result = []
    for i, item in enumerate(items):
        if i == 1:
            continue
        result.append(item)
        if i == 3:
            break
    return result, i, item


def grown(d):
    try:
        for key, value in d.items():
            if key == 2:
                d[10] = value
    except RuntimeError as error:
        return str(error)


def doubled(items):
    it = iter(items)
    return [(x, i, y) for x in it for i, y in enumerate(it)]


for turn in range(12):
    pairs(enumerate('abc'))
    last(zip(range(5), 'hello'))
    numbered([1, 2, 3])
for make in (lambda: enumerate('ab'), lambda: enumerate([]), lambda: enumerate(range(3), 2 ** 61 - 2), lambda: zip('ab', [1, 2, 3]),
             lambda: zip((), 'x'), lambda: zip({1: 2}, {3}), lambda: {1: 'x', 'y': 2}.items(), lambda: {}.items(),
             lambda: [(1, 2), [3, 4], 'xy'], lambda: ((x, x * x) for x in range(3)), lambda: enumerate(x for x in 'pq'),
             lambda: zip(iter([1, 2]), reversed([3, 4])), lambda: map(divmod, [7, 8], [2, 3])):
    print([pairs(make()) for turn in range(3)][-1], last(make()))
print(numbered('abcdef'), numbered([0, 1]))
print(last(enumerate(range(200))), last(zip([], [])))
print(grown({1: 2, 2: 3, 3: 4}), doubled(range(7)))
for wrong in ([(1, 2, 3)], [(1,)], [5], enumerate(5) if False else [None]):
    try:
        pairs(wrong)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


def joined(words):
    text = ''
    for number, word in enumerate(words):
        text += word
        if number % 3 == 0:
            text += str(len(text))
    return text


def parts(items):
    first, *middle, final = items
    return first, middle, final, items[1:-1], items[::-2]


for turn in range(12):
    joined(['a', 'b', 'c'])
    parts([1, 2, 3])
print(joined(['word', 'and', 'word', 'again']), parts('abcde'), parts(range(4)))
try:
    parts([1])
except ValueError as error:
    print(error)


class Pairs:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        self.n -= 1
        if self.n < 0:
            raise StopIteration
        return self.n, self.n * 2


def changing(times):
    # Pairs that lie there in turn with pairs that the program makes.
    total = 0
    for i in range(times):
        for first, second in [Pairs(5), zip(range(4), range(9)), {i: 1}.items(), enumerate("ab"), map(divmod, [7], [2])][i % 5]:
            total += first * 3 + (second if isinstance(second, int) else 1)
    return total


print(changing(4000))
