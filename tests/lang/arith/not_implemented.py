class A:
    def __add__(self, other):
        print("A.add")
        return NotImplemented
    def __eq__(self, other):
        print("A.eq")
        return NotImplemented
    def __lt__(self, other):
        print("A.lt")
        return NotImplemented
class B:
    def __radd__(self, other):
        print("B.radd")
        return 42
    def __gt__(self, other):
        print("B.gt")
        return "greater"
print(A() + B())
print(A() == B())
print(A() < B())
try:
    A() + A()
except TypeError as error:
    print(error)
try:
    A() < A()
except TypeError as error:
    print(error)
