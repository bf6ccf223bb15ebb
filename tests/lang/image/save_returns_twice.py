# save() returns False where the program goes on, and True in the process that resumes the image; arguments of the
# new process replace those of the old one.
# expect: resumed: False []
# expect: child says: resumed: True ['one', 'two']
# expect: child says: 55
import os
import sys
import tempfile
import lisle.image

folder = tempfile.mkdtemp()
path = os.path.join(folder, "world.img")


def total(n):
    return n + total(n - 1) if n else saved()


def saved():
    resumed = lisle.image.save(path)
    print("resumed:", resumed, sys.argv[1:], flush=True)
    if not resumed:
        os.system(f"{sys.executable} resume {path} one two > {folder}/said")
        for line in open(folder + "/said"):
            print("child says:", line, end="")
        sys.exit()
    return 0


print(total(10))
