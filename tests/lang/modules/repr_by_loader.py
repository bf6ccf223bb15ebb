# How modules made by hand show their loaders.
import types


class Bare:
    def __repr__(self):
        return 'Bare()'


class Telling(Bare):
    def module_repr(self, module):
        return f'<my module {module.__name__}>'


class Failing(Bare):
    def module_repr(self, module):
        raise ValueError


for loader in (None, Bare(), Telling(), Failing()):
    for file in (None, '/a/file.py'):
        module = types.ModuleType('made')
        module.__loader__ = loader
        if file:
            module.__file__ = file
        print(module)
module = types.ModuleType('made')
del module.__name__
print(module)


class WithoutDict(types.ModuleType):
    __dict__ = 8


try:
    dir(WithoutDict('x'))
except TypeError as error:
    print(error)
