# stderr: whole
class Animal:
    def speak(self):
        return "..."
def f():
    return Animal().speek()
try:
    f()
except AttributeError:
    pass
Animal().spaek()
