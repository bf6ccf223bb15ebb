import resource

usage = resource.getrusage(resource.RUSAGE_SELF)
print(len(usage), usage.ru_utime >= 0, usage[2] == usage.ru_maxrss, usage.ru_maxrss > 0, type(usage).__name__)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_nswap)

soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
print(resource.getrlimit(resource.RLIMIT_CORE)[0])
print(resource.prlimit(0, resource.RLIMIT_CORE, [0, 0]) == (0, hard), resource.prlimit(0, resource.RLIMIT_CORE))

for call in (lambda: resource.getrlimit(99), lambda: resource.setrlimit(0, (1,)), lambda: resource.getrusage(7),
             lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (20, 10)), lambda: resource.getrlimit(-1)):
    try:
        call()
    except ValueError as problem:
        print(problem)
print(resource.RLIM_INFINITY, resource.getpagesize(), resource.error is OSError)
