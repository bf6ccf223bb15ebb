# expect: True
# expect: True
# expect: False
# expect: False
import stackless
me = stackless.current
with stackless.atomic():
    with stackless.atomic():
        print(me.atomic)
    print(me.atomic)
print(me.atomic)
try:
    with stackless.atomic():
        raise KeyError
except KeyError:
    print(me.atomic)
