# The machine's own step machines trust their arguments: who gets hold of one is told so.
# expect: SystemError True
# expect: SystemError True
# expect: [1, 2]
import _revive

for name, arguments in (("ListSort", (3,)), ("UnpackSequence", (1, [], {}))):
    try:
        _revive.internal(name)(*arguments)
        print("nothing")
    except (SystemError, TypeError) as error:
        print("SystemError", bool(str(error)))
print(sorted([2, 1]))
