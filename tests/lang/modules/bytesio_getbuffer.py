# getbuffer() shows the memory of a BytesIO and writes through to it.
import io

b = io.BytesIO(b"hello")
with b.getbuffer() as view:
    print(len(view), bytes(view[1:3]))
    view[0] = ord("J")
print(b.getvalue(), io.BytesIO().getbuffer().tobytes())
