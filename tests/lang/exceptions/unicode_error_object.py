# What could not be decoded is kept as bytes.
for content in b'\xff', bytearray(b'\xff'), memoryview(b'\xff'):
    error = UnicodeDecodeError('ascii', content, 0, 1, 'reason')
    print(error.object, error)
class Own(UnicodeDecodeError):
    pass
print(Own('ascii', bytearray(b'ab'), 0, 2, 'reason').object)
