# Signed images are taken up by those alone who trust the key, and only as they were signed: sums can be made right again
# by whoever changes a byte, signatures cannot.
# expect: keep key secret; give key.pub to who is to trust it
# expect: keep other secret; give other.pub to who is to trust it
# expect: lisle: cannot write the key 'key': File exists
# expect: the secret key is its owner's: True
# expect: no trust asked for: resumed
# expect: trusted: resumed
# expect: one of two: resumed
# expect: other: lisle: 'good.img' is signed by KEY, which is not trusted
# expect: unsigned: lisle: 'unsigned.img' is not signed
# expect: packed: resumed
# expect: changed: lisle: 'bad.img' is damaged: it is not what was signed
# expect: another signature: lisle: 'bad.img' is damaged: its signature
# expect: packed and changed: lisle: 'bad.img' is damaged: it is not what was signed
# expect: good.img: good, signed by KEY
# expect: fsck of a changed one: lisle: 'bad.img' is damaged: it is not what was signed
# expect: saved by --save-on: resumed later
# expect: no key there: lisle: cannot read the key 'nowhere.pub': No such file or directory
# expect: the secret one: lisle: 'key' is not a file with a lisle-public-key
# expect: cannot read the key 'nowhere': No such file or directory
# modes: -image it waits for processes that it has started
import os
import signal
import subprocess
import sys
import tempfile
import lisle.image

os.chdir(tempfile.mkdtemp())


def lisle_says(*arguments, **environment):
    done = subprocess.run([sys.executable, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          env=dict(os.environ, **environment))
    text = done.stdout.rstrip()
    return text.replace(key, "KEY") if key else text


key = ""
print(lisle_says("image", "keygen", "key"))
print(lisle_says("image", "keygen", "other"))
print(lisle_says("image", "keygen", "key"))
print("the secret key is its owner's:", os.stat("key").st_mode & 0o777 == 0o600)
with open("key.pub") as file:
    key = file.read().split()[1]
for name, settings in (("unsigned.img", {}), ("good.img", {"key": "key"}), ("packed.img", {"key": "key", "compress": 1})):
    if lisle.image.save(name, **settings):
        print("resumed", flush=True)
        os._exit(0)


def changed(name, place):
    with open(name, "rb") as file:
        image = bytearray(file.read())
    image[place] ^= 1
    with open("bad.img", "wb") as file:
        file.write(image)


SIGNATURE = 300  # a byte of it
print("no trust asked for:", lisle_says("resume", "good.img"))
print("trusted:", lisle_says("--trust", "key.pub", "resume", "good.img"))
print("one of two:", lisle_says("--trust", "other.pub", "--trust", "key.pub", "resume", "good.img"))
print("other:", lisle_says("--trust", "other.pub", "resume", "good.img"))
print("unsigned:", lisle_says("--trust", "key.pub", "resume", "unsigned.img"))
print("packed:", lisle_says("--trust", "key.pub", "resume", "packed.img"))
changed("good.img", 300000)
print("changed:", lisle_says("--trust", "key.pub", "resume", "bad.img", LISLE_STRESS="unsummed"))
changed("good.img", SIGNATURE)
print("another signature:", lisle_says("--trust", "key.pub", "resume", "bad.img", LISLE_STRESS="unsummed"))
changed("packed.img", 5000)
print("packed and changed:", lisle_says("--trust", "key.pub", "resume", "bad.img", LISLE_STRESS="unsummed"))
print(lisle_says("image", "fsck", "good.img"))
print("fsck of a changed one:", lisle_says("image", "fsck", "bad.img", LISLE_STRESS="unsummed"))
with open("sleeper.py", "w") as file:
    file.write("import time\nprint('asleep', flush=True)\nwhile time.sleep(.01) is None:\n    if len(__import__('sys').argv) > 1:\n"
               "        break\nprint('resumed later')\n")
sleeper = subprocess.Popen([sys.executable, "--save-on", "SIGTERM", "later.img", "--compress", "1", "--sign", "key",
                            "sleeper.py"], stdout=subprocess.PIPE)
sleeper.stdout.readline()
sleeper.send_signal(signal.SIGTERM)
sleeper.wait()
print("saved by --save-on:", lisle_says("--trust", "key.pub", "resume", "later.img", "end"))
print("no key there:", lisle_says("--trust", "nowhere.pub", "resume", "good.img"))
print("the secret one:", lisle_says("--trust", "key", "resume", "good.img"))
try:
    lisle.image.save("never.img", key="nowhere")
except ValueError as error:
    print(error)
