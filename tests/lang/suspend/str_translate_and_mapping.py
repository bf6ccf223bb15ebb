# Mappings that are asked by str.translate, % and format_map.
# expect: Ac NAME NAME
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class Table:
    def __getitem__(self, key):
        wait()
        return {97: 'A', 98: None}.get(key, key) if isinstance(key, int) else key.upper()

def test():
    print('abc'.translate(Table()), '%(name)s' % Table(), '{name}'.format_map(Table()))


run(test)
