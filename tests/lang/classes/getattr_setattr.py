class C:
    def __init__(self):
        object.__setattr__(self, "log", [])
    def __getattr__(self, name):
        if name.startswith("dyn"):
            return name.upper()
        raise AttributeError(f"no {name}")
    def __setattr__(self, name, value):
        self.log.append((name, value))
        super().__setattr__(name, value)
    def __delattr__(self, name):
        self.log.append(("del", name))
        super().__delattr__(name)
c = C()
c.x = 1
del c.x
print(c.dynamic, c.log, getattr(c, "nothing", "default"), hasattr(c, "nope"), hasattr(c, "dyn"))
try:
    c.other
except AttributeError as error:
    print(error)
class G:
    y = 1
    def __getattribute__(self, name):
        if name == "magic":
            return 42
        return super().__getattribute__(name)
print(G().magic, G().y)
