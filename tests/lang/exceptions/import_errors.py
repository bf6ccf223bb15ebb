# The members of ImportError: set by keywords, reset by another __init__, copied and pickled.
import copy
import pickle

error = ImportError('text', name='module', path='place')
error.__init__()
print(error.args, error.msg, error.name, error.path)
error.__init__('new', path='there')
print(error.args, error.msg, error.name, error.path)
for keywords in {}, {'name': 'a'}, {'path': 'b'}, {'name': 'a', 'path': 'b'}:
    error = ModuleNotFoundError('text', **keywords)
    error.extra = keywords and 1
    print(error.__reduce__())
    for copied in copy.copy(error), copy.deepcopy(error), pickle.loads(pickle.dumps(error, 2)):
        print(type(copied).__name__, copied.args, copied.name, copied.path, copied.extra)
