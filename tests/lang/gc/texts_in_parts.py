# The parts of a text are alive while the others are made.
def cut(text, separator):
    return text.partition(separator), text.rpartition(separator)


for _ in range(3):
    print(cut('Constant(value, kind?)', '('), cut('abc', '.'), cut('a.b.c', '.'))
