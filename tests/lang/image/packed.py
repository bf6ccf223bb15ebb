# Images may be compressed. Whichever byte of one is wrong, it is refused as others are.
# expect: quick is smaller True, resumed with 300000 bytes
# expect: small is smaller True, resumed with 300000 bytes
# expect: every flipped byte was refused: True
# expect: lisle: 'short.img' is damaged: its length
# expect: images are compressed at levels from 0 to 19
# expect: images are compressed at levels from 0 to 19
# expect: images are compressed at levels from 0 to 19
# expect: compress must be an int, not str
# modes: -image it waits for processes that it has started
import os
import sys
import tempfile
import lisle.image

os.chdir(tempfile.mkdtemp())
ballast = b'abcdefgh' * 37500
for name, level in (("plain.img", 0), ("quick.img", 1), ("small.img", 19)):
    if lisle.image.save(name, compress=level):
        print(f"resumed with {len(ballast)} bytes", flush=True)
        os._exit(0)


def said_by(name):
    status = os.waitstatus_to_exitcode(os.system(f"{sys.executable} resume {name} > said 2>&1"))
    with open("said") as said:
        return said.read().rstrip() if status in (0, 3) else f"status {status}"


def bytes_of(name):
    with open(name, "rb") as file:
        return file.read()


def variant(name, data):
    with open(name, "wb") as file:
        file.write(data)
    return said_by(name)


plain, quick, small = map(bytes_of, ("plain.img", "quick.img", "small.img"))
print("quick is smaller", len(quick) < len(plain) // 2, end=", ")
print(said_by("quick.img"))
print("small is smaller", len(small) < len(quick), end=", ")
print(said_by("small.img"))
places = [0, 9, 40, 60, 150, 190, 200, 4096, 4100, 5000, len(quick) // 2, len(quick) - 30, len(quick) - 9, len(quick) - 1]
flipped = [variant("bad.img", quick[:p] + bytes([quick[p] ^ 0x10]) + quick[p + 1:]) for p in places]
print("every flipped byte was refused:", all(text.startswith("lisle: 'bad.img' is ") for text in flipped))
print(variant("short.img", quick[:-1000]))
for level in (20, -1, 1 << 70, "small"):
    try:
        lisle.image.save("never.img", compress=level)
    except (ValueError, TypeError) as error:
        print(error)
