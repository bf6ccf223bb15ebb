# Enum classes: __new__, _generate_next_value_, _missing_.
# modes: -gc-each the modules it imports are too large
# expect: E.A E.A ['a', 'b'] E.B True
# expect: every wait was answered by another tasklet: True
import enum
from _waiting import run, wait


def test():
    class E(enum.Enum):
        def _generate_next_value_(name, start, count, last): return wait(name.lower())
        A = enum.auto()
        B = enum.auto()
        @classmethod
        def _missing_(cls, value): return wait(cls.A)
    print(E('a'), E('nothing'), [e.value for e in E], E['B'], wait(E.A) is E.A)


run(test)
