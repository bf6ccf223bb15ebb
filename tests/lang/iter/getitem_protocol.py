class Seq:
    def __getitem__(self, i):
        if i == 4: raise IndexError
        return i * i
print(list(Seq()), 9 in Seq(), 5 in Seq(), max(Seq()))
a, b, c, d = Seq()
print(d, list(zip(Seq(), "ab")), iter(Seq()).__next__())
class Rev:
    def __len__(self): return 3
    def __getitem__(self, i): return "abc"[i]
print(list(reversed(Rev())))
class RR:
    def __reversed__(self): return iter("custom")
print("".join(reversed(RR())))
