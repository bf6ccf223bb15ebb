import hashlib
import hmac

data = b'The quick brown fox jumps over the lazy dog' * 5
for name in ('md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3_224', 'sha3_256', 'sha3_384', 'sha3_512',
             'blake2b', 'blake2s'):
    h = getattr(hashlib, name)()
    for size in (0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 200):
        h.update(data[:size])
        other = h.copy()
        other.update(b'!')
        print(name, size, h.hexdigest()[:16], other.hexdigest()[-8:])
    print(h.name, h.digest_size, h.block_size, len(h.digest()))
for name in ('shake_128', 'shake_256'):
    h = hashlib.new(name, data)
    print(name, h.hexdigest(10), h.hexdigest(400)[-10:])
print(hashlib.blake2b(b'x', digest_size=20, key=b'k', salt=b's', person=b'p').hexdigest())
print(hashlib.blake2s(b'x', fanout=2, depth=2, leaf_size=5, node_offset=3, node_depth=1, inner_size=4,
                      last_node=True).hexdigest())
print(hashlib.blake2b.MAX_KEY_SIZE, hashlib.blake2s.SALT_SIZE)
print(hmac.new(b'key', b'message', 'sha256').hexdigest())
print(hashlib.sha256(bytearray(b'abc'), usedforsecurity=False).hexdigest()[:8])
for f in (lambda: hashlib.md5('a'), lambda: hashlib.sha256(5), lambda: hashlib.blake2b(digest_size=99),
          lambda: hashlib.new('none')):
    try:
        f()
    except Exception as e:
        print(type(e).__name__)
