class A:
    __secret = 1
    def __init__(self):
        self.__x = 2
    def get(self):
        return self.__x, self.__secret
    def __method(self):
        return "mangled"
    def call(self):
        return self.__method()
    __dunder__ = 3
a = A()
print(a.get(), a._A__x, A._A__secret, a.call(), a._A__method(), A.__dunder__, sorted(a.__dict__))
try:
    a.__x
except AttributeError as error:
    print(error)
