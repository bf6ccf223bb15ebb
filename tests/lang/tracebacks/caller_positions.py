# stderr: whole
class C:
    def method(self, a, b):
        return a.missing + b
value = [1, 2, C().method(
    3,
    4)]
