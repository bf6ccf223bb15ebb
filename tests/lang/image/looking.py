# modes: -image connections and pipes end with the process
# lisle image says what is in an image, without running anything of it.
# expect: 0 good.img: N-N-N N:N:N, N bytes
# expect: 0 good.img: good
# expect: 0 good.img: this Lisle can resume it as it is
# expect: 0 1 receiving, 1 running, main
# expect: 0 wait_here
# expect: 0 True True
# expect: 1 + tasklet runnable in two
# expect: 3 lisle: 'bad.img' is damaged: the bytes from N on
# expect: 2 usage: lisle image ls|show|tasks|fsck IMAGE, diff OLD NEW, upgrade --dry-run IMAGE, keygen KEY
import os
import re
import stackless
import subprocess
import sys
import tempfile
import lisle.image

os.chdir(tempfile.mkdtemp())
channel = stackless.channel()


def wait_here():
    channel.receive()


def two():
    stackless.schedule()


stackless.tasklet(wait_here)()
stackless.run()
if lisle.image.save('good.img'):
    print('it was run')
    sys.exit()
stackless.tasklet(two)()
stackless.schedule()
if lisle.image.save('more.img'):
    sys.exit()


def look(*words):
    done = subprocess.run([sys.executable, 'image', *words], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def shown(*words):
    status, text = look(*words)
    print(status, re.sub(r'\d+', 'N', text.strip()))


shown('ls', 'good.img')
shown('fsck', 'good.img')
shown('upgrade', '--dry-run', 'good.img')
status, text = look('tasks', 'good.img')
states = sorted(re.findall(r'tasklet 0x\w+ (.*)', text))
print(status, ', '.join(f'1 {state}' for state in states))
print(status, *re.findall(r'in (wait_here)$', text, re.M))
status, text = look('show', 'good.img')
print(status, 'tasklets 2' in text, 'function' in text)
status, text = look('diff', 'good.img', 'more.img')
print(status, '+ tasklet runnable in two' if re.search(r'\+ tasklet 0x\w+ runnable\n.*(\n.*)* in two', text) else text)
with open('good.img', 'rb') as file:
    image = bytearray(file.read())
image[len(image) // 2] ^= 1
with open('bad.img', 'wb') as file:
    file.write(image)
shown('fsck', 'bad.img')
shown('frobnicate')
