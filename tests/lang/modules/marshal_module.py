import marshal

v = {'a': [1, 2.5, 'x', b'y', None, True, (1, 2), 2 ** 100, -2 ** 70, frozenset([1]), ..., 3j], 'é': 'é' * 300}
assert marshal.loads(marshal.dumps(v)) == v
for version in range(5):
    assert marshal.loads(marshal.dumps([1.5, 2j, 'x', 2 ** 40], version)) == [1.5, 2j, 'x', 2 ** 40]
# What CPython writes, with references.
print(marshal.loads(b'[\x04\x00\x00\x00\xe9\x01\x00\x00\x00\xda\x01aN\xe9\xfb\xff\xff\xff'))
print(marshal.loads(b'\xa9\x02\xda\x05helloy\x00\x00\x00\x00\x00\x00\xf0?\x00\x00\x00\x00\x00\x00\x00@'))
for f in (lambda: marshal.dumps(object()), lambda: marshal.loads(b''), lambda: marshal.loads(b'['),
          lambda: marshal.loads(b'?'), lambda: marshal.loads(b'0')):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
