# A program all of whose tasklets sleep is saved when it is asked to, and its children do not inherit blocked signals.
# modes: -image it waits for the process it has started
# expect: image: True
# expect: status: 143
# expect: child ended by signal 15
import os
import signal
import subprocess
import sys
import tempfile
import time

folder = tempfile.mkdtemp()
image = os.path.join(folder, "world.img")
sleeper = os.path.join(folder, "sleeper.py")
parent = os.path.join(folder, "parent.py")
with open(sleeper, "w") as file:
    file.write("import time\nprint('asleep', flush=True)\ntime.sleep(600)\n")
with open(parent, "w") as file:
    file.write("import subprocess\nchild = subprocess.Popen(['sleep', '600'])\nchild.terminate()\n"
               "print('child ended by signal', -child.wait())\n")

process = subprocess.Popen([sys.executable, "--save-on", "SIGUSR1,SIGTERM", image, sleeper], stdout=subprocess.PIPE)
process.stdout.readline()
process.send_signal(signal.SIGUSR1)
while not os.path.exists(image):
    time.sleep(0.02)
print("image:", True)
process.terminate()
print("status:", process.wait())
print(subprocess.run([sys.executable, "--save-on", "SIGTERM", image, parent], stdout=subprocess.PIPE,
                     text=True).stdout, end="")
