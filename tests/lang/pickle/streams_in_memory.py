# BytesIO and StringIO with their positions, and what their state may not be.
import copy
import io
import pickle


class Text(io.StringIO):
    pass


text = Text('one\ntwo\n', newline=None)
text.readline()
text.note = 'mine'
again = pickle.loads(pickle.dumps(text))
print(repr(again.read()), again.note, text.tell(), text.__getstate__())
data = io.BytesIO(b'abcdef')
data.seek(2)
again = copy.copy(data)
again.write(b'XY')
print(again.getvalue(), data.getvalue(), data.__getstate__())
for stream, state in ((io.BytesIO(), (b'x', 0)), (io.StringIO(), ('x', 'no', 0, None)), (io.BytesIO(), ('x', 0, None)),
                      (io.StringIO(), ('x', '\n', -1, None))):
    try:
        stream.__setstate__(state)
    except (TypeError, ValueError) as error:
        print(type(error).__name__)
for protocol in range(6):
    print(list(pickle.loads(pickle.dumps(iter({1: 2}.items()), protocol))), end=' ')
print()
text.close()
try:
    pickle.dumps(text)
except ValueError as error:
    print(type(error).__name__)
