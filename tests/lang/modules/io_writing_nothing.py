# Nothing written behind the end leaves the end where it is.
import io

for stream, nothing in (io.BytesIO(), b''), (io.StringIO(), ''):
    stream.seek(5)
    print(stream.write(nothing), repr(stream.getvalue()), stream.tell())
