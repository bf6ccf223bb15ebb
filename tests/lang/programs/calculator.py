class Parser:
    def __init__(self, text):
        self.tokens = list(self.lex(text)) + [None]
        self.pos = 0
    def lex(self, text):
        i = 0
        while i < len(text):
            c = text[i]
            if c.isspace():
                i += 1
            elif c.isdigit():
                j = i
                while j < len(text) and text[j].isdigit():
                    j += 1
                yield int(text[i:j])
                i = j
            else:
                yield c
                i += 1
    def take(self):
        self.pos += 1
        return self.tokens[self.pos - 1]
    def peek(self):
        return self.tokens[self.pos]
    def expr(self):
        v = self.term()
        while self.peek() in ("+", "-"):
            v = v + self.term() if self.take() == "+" else v - self.term()
        return v
    def term(self):
        v = self.atom()
        while self.peek() in ("*", "/"):
            v = v * self.atom() if self.take() == "*" else v / self.atom()
        return v
    def atom(self):
        t = self.take()
        if t == "(":
            v = self.expr()
            if self.take() != ")":
                raise SyntaxError("expected )")
            return v
        if t == "-":
            return -self.atom()
        if not isinstance(t, int):
            raise SyntaxError(f"unexpected {t!r}")
        return t
for text in ("1 + 2 * 3", "(1 + 2) * 3", "10 / 4 - 1", "-(2 * -3)", "2 * (3", "1 + x"):
    try:
        print(text, "=", Parser(text).expr())
    except SyntaxError as e:
        print(text, "!", e.msg)
