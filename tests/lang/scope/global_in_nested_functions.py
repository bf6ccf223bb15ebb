# What a function calls global is global for the module around it as well, which exec with other locals shows.
space, names = {}, {}
exec('''
x = 7
def outer():
    x = 1
    def inner():
        global x
        return x
    return inner()
result = outer(), x
''', space, names)
print(names['result'], sorted(space.keys() - {'__builtins__'}), sorted(names))
space, names = {}, {}
exec('''
y = 1
def changes():
    def really():
        global y
        y += 1
    really()
changes()
z = y
''', space, names)
print(space['y'], names['z'], 'y' in names)
