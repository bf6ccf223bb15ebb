# Buffered and text streams over raw streams that are written in the language.
import io


class Source(io.RawIOBase):
    def __init__(self, data, most=3):
        self.data = data
        self.most = most

    def readable(self):
        return True

    def readinto(self, buffer):
        count = min(len(buffer), len(self.data), self.most)
        buffer[:count] = self.data[:count]
        self.data = self.data[count:]
        return count


class Sink(io.RawIOBase):
    def __init__(self):
        self.parts = []

    def writable(self):
        return True

    def write(self, data):
        self.parts.append(bytes(data))
        return len(data)


print(Source(b'abcdef').read(2), Source(b'abcdef').readall(), Source(b'abcdef').read())
reader = io.BufferedReader(Source(b'line 1\nline 2\n'))
print(reader.readline(), reader.read(), isinstance(reader, io.BufferedIOBase))
print(io.TextIOWrapper(io.BufferedReader(Source('lé\r\nb'.encode())), encoding='utf-8').readlines())
sink = Sink()
with io.BufferedWriter(sink) as writer:
    writer.write(b'one ')
    writer.write(b'two')
print(sink.parts)
sink = Sink()
text = io.TextIOWrapper(io.BufferedWriter(sink), encoding='latin-1', newline='\r\n')
text.write('é\n')
text.flush()
print(sink.parts)
pair = io.BufferedRWPair(Source(b'abc'), sink)
print(pair.read(2), pair.write(b'x'))
