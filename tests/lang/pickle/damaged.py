# Damaged pickles are refused with CPython's words.
import pickle

good = pickle.dumps([1, 2.5, 'text', b'bytes', (1, 2), {'k': {3}}, 10**30, frozenset([1])])
for cut in range(len(good)):
    try:
        print(cut, pickle.loads(good[:cut]))
    except Exception as e:
        print(cut, type(e).__name__, e)
for data in [b'', b'.', b'N(.', b'(Nd.', b'h\x05.', b'g7\n.', b'gx\n.', b'p-1\n.', b'\x80\x09.', b'Sabc\n.', b'Iabc\n.', b'Fabc\n.',
             b'Qx.', b'NQ.', b'cno_such_module\nx\n.', b'cbuiltins\nno_such_name\n.', b'\x82\x05.', b'Nb.', b'NNb.', b'N)\x81.',
             b'\x97.', b'\xff.', b'?.', b'}(Nu.', b'\x8b\xff\xff\xff\xff.', b'\x8e' + b'\xff' * 8 + b'.', b'KNK.',
             b'\x8c\x02\xff\xfe.', b'cbuiltins\nint\n(NNtR.', b'VN\nVM\n\x93.']:
    try:
        print(data, pickle.loads(data))
    except Exception as e:
        print(data, type(e).__name__, e)
