# Cells compare like what they hold; an empty one is less than any other.
from types import CellType

empty, one, two, text = CellType(), CellType(1), CellType(2), CellType('a')
print(one < two, one <= two, one == CellType(1), one != two, one > two, two >= one)
print(empty < one, one > empty, empty == CellType(), empty != one, empty >= one, empty <= CellType())
print(one == 1, one == text)
try:
    one < text
except TypeError as error:
    print(error)
try:
    hash(one)
except TypeError as error:
    print(error)
