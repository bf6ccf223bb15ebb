# Of a large image the sums are compared while it runs, so that it begins at once. Who distrusts it has all of it looked
# at before: not a statement runs when one byte is wrong.
# expect: saved
# expect: good: 0 resumed with 9000000 bytes
# expect: bad: 3 lisle: 'bad.img' is damaged
import os
import sys
import tempfile
import lisle.image

os.chdir(tempfile.mkdtemp())
ballast = b'abcdefgh' * 1125000
if lisle.image.save("good.img"):
    print(f"resumed with {len(ballast)} bytes", flush=True)
    os._exit(0)
print("saved")


def resumed(name):
    status = os.waitstatus_to_exitcode(os.system(f"{sys.executable} --distrust resume {name} > said 2>&1"))
    with open("said") as said:
        return f"{status} {said.read()}".rstrip()


print("good:", resumed("good.img"))
with open("good.img", "rb") as file:
    image = bytearray(file.read())
image[image.index(b'abcdefgh' * 1000) + 4_000_000] ^= 1
with open("bad.img", "wb") as file:
    file.write(image)
print("bad:", resumed("bad.img").partition(": the bytes")[0])
