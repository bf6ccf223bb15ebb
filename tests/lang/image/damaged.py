# What is not an image, or not a whole one, is refused with a sentence and status 3, whichever byte is wrong.
# expect: saved
# expect: lisle: cannot open the image 'nowhere.img': No such file or directory
# expect: lisle: 'text.img' is not an image of Lisle
# expect: lisle: 'short.img' is damaged: its length
# expect: every flipped byte was refused: True
import os
import sys
import tempfile
import lisle.image

os.chdir(tempfile.mkdtemp())
if lisle.image.save("good.img"):
    sys.exit(0)
print("saved")


def refusal(name):
    status = os.waitstatus_to_exitcode(os.system(f"{sys.executable} resume {name} > said 2>&1"))
    with open("said") as said:
        return said.read().rstrip() if status == 3 else f"not refused: {status}"


with open("good.img", "rb") as file:
    image = file.read()


def variant(name, data):
    with open(name, "wb") as file:
        file.write(data)
    return refusal(name)


print(refusal("nowhere.img"))
print(variant("text.img", b"print('hello')\n" * 1000))
print(variant("short.img", image[:-100]))
# What lies between the header and its page's end is not looked at.
places = [0, 9, 17, 33, 50, 100, 150, 4096, 5000, len(image) // 2, len(image) - 1]
flipped = [variant("bad.img", image[:p] + bytes([image[p] ^ 0x10]) + image[p + 1:]) for p in places]
print("every flipped byte was refused:", all(text.startswith("lisle: 'bad.img' is ") for text in flipped))
