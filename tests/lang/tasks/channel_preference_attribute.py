# expect: -1
# expect: 1
# expect: -1
# expect: 0
# expect: preference must be set to an integer
import stackless
c = stackless.channel()
print(c.preference)
c.preference = 77
print(c.preference)
c.preference = -5
print(c.preference)
c.preference = 0
print(c.preference)
try:
    c.preference = "x"
except TypeError as error:
    print(error)
