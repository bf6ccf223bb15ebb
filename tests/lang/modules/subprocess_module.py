# modes: -image children and their pipes end with the process
import os
import subprocess


def refuse(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, str(e).partition(' after')[0])


print(subprocess.run(['echo', 'hi'], capture_output=True))
print(subprocess.check_output('echo $X; exit 0', shell=True, env={'X': 'yes', 'PATH': os.environ['PATH']}))
refuse(lambda: subprocess.run(['/no/such']))
refuse(lambda: subprocess.run(['true'], cwd='/no/such/folder'))
refuse(lambda: subprocess.run(['false'], check=True))
refuse(lambda: subprocess.run(['sleep', '5'], timeout=0.05))
print(subprocess.run(['sh', '-c', 'exit 3']).returncode, subprocess.run(['sh', '-c', 'kill -9 $$']).returncode)
p = subprocess.Popen(['cat'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
print(p.communicate('line\n' * 3), p.returncode)
print(subprocess.run(['sh', '-c', 'echo out; echo err >&2'], stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout)
print(subprocess.run(['pwd'], cwd='/', capture_output=True, text=True).stdout)
print(len(subprocess.run(['head', '-c', '300000', '/dev/zero'], capture_output=True).stdout))


def prepare():
    os.putenv('V', 'set before')


print(subprocess.run(['sh', '-c', 'echo $V'], preexec_fn=prepare, capture_output=True, text=True).stdout)
child = os.fork()
if child == 0:
    os._exit(7)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
r, w = os.pipe()
print(os.get_inheritable(r), os.get_blocking(r))
os.set_inheritable(r, True)
os.set_blocking(r, False)
print(os.get_inheritable(r), os.get_blocking(r))
refuse(lambda: os.read(r, 1))
with subprocess.Popen(['sleep', '5'], pass_fds=[w]) as p:
    p.kill()
    print(p.wait(), p.args)
