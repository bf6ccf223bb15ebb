# expect: 400 400
# expect: 300
# expect: 300
import stackless
def count(*args, **kwargs):
    return len(args) + len(kwargs) if all(type(a) is list for a in args) else "lost"
def fresh(n):
    return [[i] for i in range(n)]
names = {f"k{i}": [i] for i in range(100)}
print(count(*fresh(300), **names), count(*fresh(400)))
def down(n, *args):
    return count(*args) if n == 0 else down(n - 1, *args)
print(down(10, *fresh(300)))
out = []
stackless.tasklet(lambda *args: out.append(count(*args)))(*fresh(300))
for _ in range(10):
    fresh(100)
stackless.run()
print(*out)
