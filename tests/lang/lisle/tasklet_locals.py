# Attributes of lisle.local() are each tasklet's own; tasks begin with their parent's.
# expect: ['main', 'child', False] main
# expect: this tasklet has no local 'user'
import lisle

here = lisle.local()
here.user = 'main'
seen = []


def child():
    seen.append(here.user)
    here.user = 'child'
    lisle.schedule()
    seen.append(here.user)


lisle.spawn(child)
lisle.run()
lisle.tasklet(lambda: seen.append(hasattr(here, 'user')))()
lisle.run()
print(seen, here.user)
del here.user
try:
    here.user
except AttributeError as e:
    print(e)
