# Calls of os that work on files in uncommon ways.
import os
import stat
import tempfile

folder = tempfile.mkdtemp()
path = os.path.join(folder, 'file')
with open(path, 'wb') as file:
    file.write(b'0123456789')


def complain(call, *arguments):
    try:
        print(call(*arguments))
    except (OSError, OverflowError, TypeError) as problem:
        print(type(problem).__name__, str(problem).partition(': ')[0])


fd = os.open(path, os.O_RDWR)
print(os.pread(fd, 3, 4), os.pwrite(fd, b'AB', 2), os.pread(fd, 100, 0), os.pread(fd, 1, 10), os.lseek(fd, 0, 1))
complain(os.pread, fd, -1, 0)
complain(os.pread, 999, 1, 0)
complain(os.pwrite, fd, b'x', -1)
complain(os.pwrite, fd, 'x', 0)

for target in path, path.encode(), fd:
    os.chown(target, -1, -1)
os.lchown(path, os.getuid(), -1)
os.fchown(fd, -1, os.getgid())
complain(os.chown, path, -2, 0)
complain(os.chown, path, 0, -2)
complain(os.chown, path, 'me', 0)
complain(os.chown, path + '-not', 0, 0)

facts = os.statvfs(path)
print(type(facts), len(facts), facts.f_bsize > 0, facts[9] == facts.f_namemax, facts.f_fsid >= 0)
print(os.statvfs(fd).f_namemax == os.fstatvfs(fd).f_namemax == facts.f_namemax)
complain(os.statvfs, path + '-not')

os.mkfifo(os.path.join(folder, 'pipe'))
print(stat.S_ISFIFO(os.stat(os.path.join(folder, 'pipe')).st_mode))
complain(os.mkfifo, os.path.join(folder, 'pipe'))

priority = os.getpriority(os.PRIO_PROCESS, 0)
os.setpriority(os.PRIO_PROCESS, 0, priority)
print(os.nice(0) == priority == os.getpriority(os.PRIO_PROCESS, os.getpid()))
complain(os.getpriority, 9, 0)
complain(os.setpriority, 9, 0, 0)

os.close(fd)
for name in os.listdir(folder):
    os.unlink(os.path.join(folder, name))
os.rmdir(folder)
