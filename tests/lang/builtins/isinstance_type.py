print(type(1), type("a"), type(None), type([]), type(type), type(len), type(lambda: 0), type(print).__name__)
print(isinstance(1, object), issubclass(int, object), type(1) is int, type(True).__mro__, id(None) == id(None))
