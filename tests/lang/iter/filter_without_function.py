# filter(None, ...): items whose truth is known, and those that have to be asked.
class Truth:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        print("asked", self.value)
        return self.value

    def __repr__(self):
        return f"Truth({self.value})"


print(list(filter(None, [0, 1, "", "a", None, 0.0, [], [0]])))
print(list(filter(None, [0, Truth(False), 2, Truth(True), 0, Truth(False)])))
print(list(filter(None, enumerate([0, 1]))), list(filter(None, zip([], []))), list(filter(bool, (0, 3))))
print(list(filter(lambda x: x > 1, [0, 1, 2, 3])), list(filter(None, (x for x in (0, 5)))))
it = filter(None, iter([0, 0, 7]))
print(next(it), next(it, "end"))
print(list(zip(enumerate("ab"), map(str, [1, 2]), filter(None, [0, 4, 5]))))
