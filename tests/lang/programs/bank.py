class InsufficientFunds(Exception): pass
class Account:
    def __init__(self, owner, balance=0):
        self.owner, self.balance, self.history = owner, balance, []
    def move(self, amount):
        if self.balance + amount < 0:
            raise InsufficientFunds(f"{self.owner} has {self.balance}, needs {-amount}")
        self.balance += amount
        self.history.append(amount)
    def __repr__(self):
        return f"<{self.owner}: {self.balance}>"
class Transfer:
    def __init__(self, *accounts): self.accounts = accounts
    def __enter__(self):
        self.saved = [(a, a.balance, a.history[:]) for a in self.accounts]
    def __exit__(self, t, v, tb):
        if t:
            for a, b, h in self.saved:
                a.balance, a.history = b, h
            print("rolled back:", v)
        return t is InsufficientFunds
a, b = Account("ann", 100), Account("bob")
for amount in (30, 50, 40):
    with Transfer(a, b):
        b.move(amount)
        a.move(-amount)
print(a, b, a.history, b.history)
