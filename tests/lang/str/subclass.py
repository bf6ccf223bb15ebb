class S(str):
    def shout(self):
        return self.upper() + "!"
s = S("abc")
print(s, s.shout(), type(s).__name__, type(s + "d").__name__, s == "abc", {s: 1}["abc"], type(s.upper()).__name__, len(s))
