# Numbers of the library in the language: Fraction and Decimal with blocking operands.
# modes: -gc-each the modules it imports are too large
# expect: ('radd', 1) ('rmul', 1.5) ('radd', Fraction(1, 2)) True True True ('radd', 1)
# expect: every wait was answered by another tasklet: True
import fractions
from _waiting import run, wait


class N:
    def __radd__(self, o): return wait(('radd', o))
    def __rmul__(self, o): return wait(('rmul', o))
    def __eq__(self, o): return wait(o == 1)

def test():
    print(1 + N(), 1.5 * N(), fractions.Fraction(1, 2) + N(), 1 == N(), [1] == [N()], 'a' != N(), sum([1, N()]))


run(test)
