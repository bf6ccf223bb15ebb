# What os tells of the process and of the system.
# modes: -image what it waits for ends with the process
import os, pickle, signal, subprocess, sys, time

t = os.times()
print(len(t), t.user >= 0, t.system == t[1], t.elapsed > 0, type(t).__name__, repr(t).startswith('posix.times_result(user='))
print(pickle.loads(pickle.dumps(t)) == t, os.uname().sysname, repr(os.uname()).startswith("posix.uname_result(sysname='Linux'"))
print(os.getpriority(os.PRIO_PROCESS, 0) == os.getpriority(os.PRIO_PROCESS, os.getpid()), len(os.getloadavg()))
print(os.cpu_count() >= len(os.sched_getaffinity(0)) > 0, os.sched_yield())
print(os.getsid(0) == os.getsid(os.getpid()), os.getresuid() == (os.getuid(),) * 3, os.getresgid()[0] == os.getgid())
print(type(os.getgroups()))
for name in ('SC_PAGE_SIZE', 'SC_CLK_TCK', 'SC_NPROCESSORS_ONLN', 'SC_PHYS_PAGES', 'SC_OPEN_MAX'):
    print(name, os.sysconf(name) > 0)
device = os.stat('/dev/null').st_rdev
print(os.major(device), os.minor(device), os.makedev(1, 3) == device)
print(os.EX_OK, os.EX_USAGE, os.EX_DATAERR, os.EX_NOINPUT, os.EX_CONFIG, os.EX_SOFTWARE, os.EX_TEMPFAIL)
print(os.WUNTRACED, os.WEXITED, os.P_PID, os.O_DIRECT, os.O_NOCTTY, os.O_PATH, os.RTLD_NOW, os.SCHED_RR)
for wrong in (lambda: os.sysconf('NO_NAME'), lambda: os.getpriority(9, 0), lambda: os.getsid(2 ** 22 + 1),
              lambda: time.clock_gettime(99)):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, error)
child = subprocess.run([sys.executable, '-c', 'import os; os.abort()'], stderr=subprocess.DEVNULL)
print(signal.Signals(-child.returncode).name)
print(time.clock_gettime(time.CLOCK_REALTIME) > 1e9, time.clock_gettime_ns(time.CLOCK_MONOTONIC) > 0,
      time.clock_gettime(time.CLOCK_PROCESS_CPUTIME_ID) >= 0, time.clock_getres(time.CLOCK_REALTIME) < 0.1)
