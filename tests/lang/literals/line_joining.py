x = (1 +
     2  # comment
     + 3)
y = [1,
  2,

 3]
z = 1 + \
    2
if (x == 6 and
    y):
    print(x, y, z)
def f(a,
      b=2,
      ): return a + b
print(f(1,
        ), {
    "k": 1,
}); print("same line"); pass
if x: print("one"); print("two")
