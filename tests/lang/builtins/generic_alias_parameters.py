# Type variables of list[T] and its like are replaced wherever they stand.
import copy
import pickle
import typing

T = typing.TypeVar('T')
K = typing.TypeVar('K')
P = typing.ParamSpec('P')
print(list[T][int], dict[K, list[T]][str, int], list[typing.List[T]][int], list[T | int][str])
print((list[T] | dict[K, T])[int, str], tuple[T, ...][int], list[typing.Callable[P, T]][[int, str], bool])
for alias, key in (list[int], str), (dict[K, T], int), (list[T], (int, str)):
    try:
        print(alias[key])
    except TypeError as error:
        print(error)
starred = next(iter(tuple[int, str]))
print(starred, tuple[starred], starred == copy.copy(starred), pickle.loads(pickle.dumps(starred)))
print('__origin__' in dir(list[int]), 'append' in dir(list[int]), enumerate[int])
