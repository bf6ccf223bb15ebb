from enum import Enum, IntEnum, Flag, auto
class Color(Enum):
    RED = 1
    GREEN = 2
    ALIAS = 1
class Size(IntEnum):
    S = auto()
    M = auto()
class Perm(Flag):
    R = auto()
    W = auto()
print(Color.RED, repr(Color.GREEN), Color(2), Color["RED"], Color.ALIAS is Color.RED, list(Color), Color.RED.name, Color.RED.value)
print(Size.M > Size.S, Size.M + 1, Perm.R | Perm.W, Perm.R in (Perm.R | Perm.W), {Color.RED: "r"}[Color.ALIAS])
try:
    Color(9)
except ValueError as e:
    print(e)
