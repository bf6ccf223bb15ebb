# Frames of builtins name the step machines they run; a pickle cannot call one, because they trust their arguments.
import pickle

for call in (b'(K\x03tR.', b'K\x03\x85R.', b'\x85.', b'q\x000(h\x00K\x03o.'):
    try:
        value = pickle.loads(b'c_revive\ninternal\n(VListSort\ntR' + call)
        print(type(value).__name__)
    except pickle.UnpicklingError as error:
        print(error)
# expect: a step machine cannot be called
# expect: a step machine cannot be called
# expect: tuple
# expect: a step machine cannot be called
