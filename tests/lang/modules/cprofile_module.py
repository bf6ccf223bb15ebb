# cProfile counts calls, of the program's functions and of builtin ones.
import cProfile, io, pstats, re


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def work():
    found = []
    for i in range(3):
        found.append(fib(5))
        len(found)
    return sorted(found), ''.join(map(str, found))


def fails():
    raise ValueError('wrong')


def counts():
    try:
        fails()
    except ValueError:
        return max(generated())


def generated():
    yield 1
    yield 2


profile = cProfile.Profile()
print(profile.runcall(work), profile.runcall(counts))
text = io.StringIO()
stats = pstats.Stats(profile, stream=text)
stats.sort_stats('name').print_stats()
stats.print_callers()
print(re.sub(r' +', ' ', re.sub(r'\d+\.\d+', 'T', text.getvalue().replace(__file__, 'FILE'))))
with cProfile.Profile() as within:
    work()
print(sorted((e.callcount, e.reccallcount, e.inlinetime <= e.totaltime) for e in within.getstats()
             if not isinstance(e.code, str)))
