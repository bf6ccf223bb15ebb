# Files in encodings whose newlines are not single bytes, and which begin with a byte order mark.
import io
import os
import tempfile

for encoding in 'utf-16', 'utf_16', 'utf-32', 'utf-16-le', 'utf-16-be':
    for newline in None, '\r\n', '\r', '':
        content = io.BytesIO()
        text = io.TextIOWrapper(content, encoding=encoding, newline=newline)
        text.write('a\n')
        text.write('\u010ab\n')
        text.flush()
        print(encoding, repr(newline), content.getvalue())

path = os.path.join(tempfile.mkdtemp(), 'file')
with open(path, 'w', encoding='utf-16', newline='\r\n') as file:
    print('one', 'two', file=file)
    file.writelines(['three\n', 'four'])
with open(path, 'a', encoding='utf-16') as file:
    file.write(' five\n')
with open(path, 'rb') as file:
    print(file.read())
with open(path, encoding='utf-16') as file:
    print(file.readlines())
os.unlink(path)
os.rmdir(os.path.dirname(path))
