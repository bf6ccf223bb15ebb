class C:
    def __class_getitem__(cls, item):
        return (cls.__name__, item)
print(C[int], C[1, 2])
try:
    int[3]
except TypeError as error:
    print(error)
print(list[int], dict[str, int], list[int] == list[int], list[int].__origin__, list[int].__args__)
