# Files and constructors take any encoding that codecs knows.
import codecs
import io
import os
import tempfile

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 'text')
    for encoding in ('cp437', 'cp1252', 'iso8859-15', 'koi8-r', 'utf-8-sig'):
        text = 'привет\n' if encoding == 'koi8-r' else 'grün\nÄrger\r\n'
        with open(path, 'w', encoding=encoding, newline='') as file:
            print(file.write(text), file.encoding)
        with open(path, 'rb') as file:
            print(file.read())
        with open(path, encoding=encoding) as file:
            print(file.readlines())
    try:
        open(path, encoding='no-such-encoding')
    except LookupError as error:
        print(error)

codecs.register_error('stars', lambda error: ('*' * (error.end - error.start), error.end))
raw = io.BytesIO(b'a\xffb')
print(io.TextIOWrapper(raw, encoding='ascii', errors='stars').read())
print(bytes('grün', 'cp437'), bytearray('grün', 'cp850'), str(b'gr\x81n', 'cp437'))
print(bytes('ü', 'ascii', 'stars'))
