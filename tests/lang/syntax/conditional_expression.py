for x in (0, 1, 5):
    print("zero" if x == 0 else "one" if x == 1 else "many", (x or "falsy"), [x] if x else [])
print((lambda: 1 if False else 2)(), 1 if 1 else 1 / 0)
