# Subclasses of str with a hash of their own are not taken for strings.
class Folded(str):
    def __eq__(self, other):
        return self.lower() == other.lower()

    def __hash__(self):
        return hash(self.lower())


key = Folded('tHree')
shown = {key: 3}
print(key in shown, Folded('THREE') in shown, 'three' in shown, shown[Folded('Three')])


class Identified(set):
    def __hash__(self):
        return id(self) >> 4


s = Identified()
found = {s}
print(s in found, Identified() in found)
found.discard(s)
print(found, frozenset({1}) in {frozenset({1})}, {1} in {frozenset({1})})
