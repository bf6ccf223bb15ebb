class E:
    def __init__(self, v):
        self.v = v
    def __eq__(self, o):
        print("eq", self.v, o)
        return self.v == o
print(2 in [E(1), E(2), E(3)])
print([E(1), E(2)].index(2), [E(1), E(1)].count(1))
