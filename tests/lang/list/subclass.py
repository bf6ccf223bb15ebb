class L(list):
    def __getitem__(self, i):
        return ("item", super().__getitem__(i))
    def extra(self):
        return len(self)
x = L([1, 2])
x.append(3)
x.name = "tag"
print(x, x[0], x.extra(), x.name, isinstance(x, list), x == [1, 2, 3], type(x + [1]).__name__, x.__dict__)
